import { describe, expect, it } from 'vitest'
import { newEngine, textOf, type EngineText } from '../../../renderer/engines/form/engineText'
import { readEngine } from '../../../renderer/engines/form/readEngine'
import { takeAddress } from '../../../renderer/engines/form/takeAddress'
import { fingerprintCommand, knownHostName } from '../../../renderer/engines/hostKey/commands'
import { pressedPlace } from '../../../renderer/engines/keys'
import { engineLabels } from '../../../renderer/engines/labels'
import { engine } from './fixtures'

const typed = (changes: Partial<EngineText>) => readEngine({ ...newEngine, ...changes })
const errorsOf = (changes: Partial<EngineText>) => Object.fromEntries(typed(changes).errors)

describe('a pasted address', () => {
  it('is taken apart, however it is written', () => {
    expect(takeAddress('ssh://me@host:2222/run/podman/podman.sock')).toEqual({
      ...{ way: 'ssh', user: 'me', sshHost: 'host', sshPort: '2222' },
      path: '/run/podman/podman.sock',
    })
    expect(takeAddress(' export DOCKER_HOST="tcp://[fd00::1]:2376" ')).toEqual({
      ...{ way: 'tcp', host: 'fd00::1', port: '2376' },
    })
    expect(takeAddress('unix:///run/docker.sock')).toEqual({
      way: 'socket',
      socket: '/run/docker.sock',
    })
    expect(takeAddress('npipe:////./pipe/engine')?.socket).toBe('npipe:////./pipe/engine')
    expect(takeAddress('ssh://host/')).toMatchObject({ user: '', sshHost: 'host', path: '' })
  })

  it('is none where it is only a part of one', () => {
    for (const part of ['host', 'me@host', 'ssh://', 'http://host', '']) {
      expect(takeAddress(part)).toBeNull()
    }
  })

  it('never lowers the protection by itself', () => {
    expect(takeAddress('tcp://host:2375')).not.toHaveProperty('security')
    const text = { ...newEngine, ...takeAddress('tcp://host:2375') }
    expect(readEngine(text).settings?.tls).toMatchObject({ verify: true })
  })
})

describe('an engine that is typed', () => {
  it('is read as main takes it', () => {
    expect(typed({ socket: ' /run/docker.sock ', name: ' here ' }).settings).toEqual({
      ...{ name: 'here', address: 'unix:///run/docker.sock', tls: null, ssh: null },
    })
    const tcp = { way: 'tcp', host: 'fd00::1', port: '2376', caFile: '/ca.pem' } as const
    expect(typed(tcp).settings).toMatchObject({
      address: 'tcp://[fd00::1]:2376',
      tls: { caFile: '/ca.pem', certFile: null, keyFile: null, verify: true },
    })
    expect(typed({ ...tcp, security: 'unverified' }).settings?.tls).toMatchObject({
      ...{ verify: false, caFile: null },
    })
    expect(typed({ ...tcp, security: 'none' }).settings?.tls).toBeNull()
    const ssh = {
      way: 'ssh',
      user: 'a b',
      sshHost: 'host',
      sshPort: '22',
      jump: 'me@gate:2222',
    } as const
    expect(typed(ssh).errors.get('user')).toBe('user')
    expect(typed({ ...ssh, user: 'ä', path: '/my engine.sock' }).settings).toMatchObject({
      address: 'ssh://%C3%A4@host:22/my%20engine.sock',
      ssh: { identityFile: null, jump: 'me@gate:2222' },
    })
  })

  it('is no error while something is missing, and cannot be added yet', () => {
    for (const way of ['socket', 'tcp', 'ssh'] as const) {
      const { settings, errors } = typed({ way })
      expect([settings, errors.size]).toEqual([null, 0])
    }
  })

  it('is told what is wrong with each part', () => {
    expect(errorsOf({ socket: 'docker.sock' })).toEqual({ socket: 'socket' })
    expect(
      errorsOf({ way: 'tcp', host: 'a:1', port: '70000', caFile: 'ca.pem', certFile: '/c.pem' }),
    ).toEqual({ host: 'host', port: 'port', caFile: 'file', keyFile: 'pair' })
    expect(
      errorsOf({ way: 'ssh', user: 'me:secret', sshHost: '-oProxy', path: 'x', jump: 'a@b@c' }),
    ).toEqual({ user: 'user', sshHost: 'host', path: 'path', jump: 'jump' })
  })

  it('does not mind fields that belong to another choice', () => {
    const tcp = { way: 'tcp', host: 'host', caFile: 'no path' } as const
    expect(errorsOf({ ...tcp, security: 'unverified' })).toEqual({})
    expect(errorsOf({ ...tcp, way: 'socket', socket: '/s', sshHost: '-' })).toEqual({})
  })

  it('is the same after it was kept and is changed', () => {
    const texts: Partial<EngineText>[] = [
      { way: 'socket', socket: '/run/docker.sock' },
      { way: 'tcp', host: 'fd00::1', security: 'unverified', certFile: '/c', keyFile: '/k' },
      { way: 'tcp', host: 'host', port: '2375', security: 'none' },
      { way: 'ssh', user: 'ä', sshHost: 'h', path: '/a b', identityFile: '/id', jump: 'gate' },
    ]
    for (const text of texts) {
      const { settings } = typed({ ...text, name: 'n' })
      expect(settings && readEngine(textOf(settings)).settings).toEqual(settings)
    }
  })
})

describe('what an engine is called', () => {
  it('tells Docker and Podman of one host apart, and two of a kind by their addresses', () => {
    const twins = [
      engine({ id: 'a' }),
      engine({ id: 'b', kind: 'podman' }),
      engine({ id: 'c', name: 'x' }),
    ]
    expect([...engineLabels(twins).values()]).toEqual(['harbour · Docker', 'harbour · Podman', 'x'])
    const same = [engine({ id: 'a' }), engine({ id: 'b', endpoint: 'tcp://h:1' })]
    expect(engineLabels(same).get('b')).toBe('harbour · tcp://h:1')
  })
})

describe('the keys that choose an engine', () => {
  const press = (init: KeyboardEventInit, altGraph = false) => {
    const event = new KeyboardEvent('keydown', init)
    Object.defineProperty(event, 'getModifierState', { value: () => altGraph })
    return pressedPlace(event)
  }
  it('are Ctrl or Cmd with Alt and a digit, wherever the keyboard has it', () => {
    const pressed = { ctrlKey: true, altKey: true }
    expect(press({ ...pressed, code: 'Digit2', key: 'é' })).toBe(2)
    expect(press({ metaKey: true, altKey: true, code: 'Numpad0' })).toBe(0)
    expect(press({ ctrlKey: true, code: 'Digit2' })).toBeNull()
    expect(press({ ...pressed, code: 'KeyA' })).toBeNull()
  })
  it('are not AltGr, which writes brackets', () => {
    expect(press({ ctrlKey: true, altKey: true, code: 'Digit7', key: '{' }, true)).toBeNull()
  })
})

describe('the command that shows a key on its host', () => {
  it('names the file of that kind of key, and hosts as ssh does', () => {
    expect(fingerprintCommand({ algorithm: 'ssh-ed25519' })).toContain('ssh_host_ed25519_key.pub')
    expect(fingerprintCommand({ algorithm: 'rsa-sha2-512' })).toContain('ssh_host_rsa_key.pub')
    expect(fingerprintCommand({ algorithm: 'ecdsa-sha2-nistp256' })).toContain('host_ecdsa_key')
    expect(knownHostName({ host: 'h', port: 22 })).toBe('h')
    expect(knownHostName({ host: 'h', port: 2222 })).toBe('[h]:2222')
  })
})
