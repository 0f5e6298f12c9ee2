import { describe, expect, test } from 'vitest'
import type { SshHost } from '../../../main/engines/endpoint'
import type { Surroundings } from '../../../main/engines/places'
import type { HostSettings } from '../../../main/engines/ssh/hostSettings'
import { routeTo } from '../../../main/engines/ssh/route'
import { readAnswers } from '../../../main/engines/ssh/sshCommand'
import { expandPath, knownHostsFiles, usualKeyFiles } from '../../../main/engines/ssh/sshFiles'

/** Settings that say nothing but what is told of each host. */
function settingsBy(told: Record<string, Partial<HostSettings>>) {
  return ({ host, port, user }: SshHost): Promise<HostSettings> =>
    Promise.resolve({
      ...{ host, port: port ?? 22, user: user ?? 'me' },
      ...{ identityFiles: [], identitiesOnly: false, agents: [] },
      ...{ proxyJump: null, proxyCommand: null },
      ...told[host],
    })
}

async function route(told: Record<string, Partial<HostSettings>>, jump: string | null = null) {
  const target = { user: null, host: 'target', port: null }
  return (await routeTo(target, jump, settingsBy(told))).map(({ host, port, user }) =>
    [user, host, port].join(' '),
  )
}

describe('the way to a host', () => {
  test('is direct where nothing is said of it', async () => {
    expect(await route({})).toEqual(['me target 22'])
  })

  test('goes through the jump host of the address, or else of the settings', async () => {
    const told = { target: { proxyJump: 'gate' } }
    expect(await route(told)).toEqual(['me gate 22', 'me target 22'])
    expect(await route(told, 'you@other:2222')).toEqual(['you other 2222', 'me target 22'])
  })

  test('goes through several in their order, of which the first may have one before it', async () => {
    const told = { a: { proxyJump: 'z' }, b: { proxyJump: 'never' } }
    expect(await route(told, 'a, b')).toEqual(['me z 22', 'me a 22', 'me b 22', 'me target 22'])
  })

  test('does not go round in a circle, nor by a command, nor by what is no host', async () => {
    const circle = { target: { proxyJump: 'gate' }, gate: { proxyJump: 'target' } }
    await expect(route(circle)).rejects.toMatchObject({ code: 'invalid-input' })
    const command = { target: { proxyCommand: 'nc %h %p' } }
    await expect(route(command)).rejects.toMatchObject({ engineMessage: 'nc %h %p' })
    expect(await route(command, 'gate')).toEqual(['me gate 22', 'me target 22'])
    await expect(route({}, '-oProxyCommand=x')).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

describe("ssh's settings", () => {
  test('are read line by line, each with all its values', () => {
    const answers = readAnswers('user me\r\nidentityfile ~/a key\nidentityfile b\nempty \n')
    expect([...answers]).toEqual([
      ['user', ['me']],
      ['identityfile', ['~/a key', 'b']],
    ])
  })

  test('have paths with the home and tokens in them', () => {
    const known = { host: 'server', port: 22, user: 'me' }
    const expand = (path: string) => expandPath(path, known, '/home/me')
    expect(expand('~/.ssh/a')).toBe('/home/me/.ssh/a')
    expect(expand('%d/%h-%r-%p-%%-%x')).toBe('/home/me/server-me-22-%-%x')
    expect(expand('keys/a')).toBe('/home/me/keys/a')
    expect(expand('/etc/a')).toBe('/etc/a')
  })

  test('stand in the home, and in the folder of the machine', () => {
    const surroundings: Surroundings = { platform: 'linux', env: {}, home: '/home/me', uid: null }
    expect(usualKeyFiles(surroundings)[0]).toBe('/home/me/.ssh/id_ed25519')
    expect(knownHostsFiles(surroundings)).toEqual([
      '/home/me/.ssh/known_hosts',
      '/etc/ssh/ssh_known_hosts',
    ])
  })
})
