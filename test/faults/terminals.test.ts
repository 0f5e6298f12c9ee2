import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { engineCli, makeBusyboxImage, startDocker, startPodman } from '../bed'
import { openClient } from '../client'
import { lookAt, openTerminal } from '../terminal'

const bed = inject('bed')
const busybox = 'localhost/longshore-test/busybox:1'
const starters = { docker: startDocker, podman: startPodman }

describe.each(['docker', 'podman'] as const)('a terminal when %s fails', (kind) => {
  async function start() {
    const engine = await starters[kind](bed.folder)
    onTestFinished(() => engine.stop())
    await makeBusyboxImage(engine, busybox)
    const client = await openClient({ engine: engine.socket })
    const { id: engineId } = await client.engine()
    const id = await engineCli(engine)(['run', '-d', '--network', 'none', busybox, 'sleep', '1000'])
    return { engine, client, api: client.api, engineId, id }
  }

  test('the engine is killed: it ends calmly, and its screen is kept', async () => {
    const { engine, client, api, engineId, id } = await start()
    const shell = await openTerminal(api, engineId, id, { kind: 'exec' })
    await shell.type('echo kept-$((1 + 1))\r')
    await shell.until('kept-2')
    await engine.kill()
    const ended = await shell.ended()
    expect(ended.exitCode).toBeNull()
    expect(ended.problem).toMatchObject({
      code: 'engine-unreachable',
      hint: expect.stringContaining('may still run') as string,
    })
    await shell.type('nobody takes this')
    const later = await lookAt(api, engineId, shell.id)
    expect(await later.until('kept-2')).toContain('kept-2')
    await client.engine(({ state }) => state === 'reconnecting')
    await expect(openTerminal(api, engineId, id, { kind: 'exec' })).rejects.toMatchObject({
      code: 'engine-unreachable',
    })
    await engine.start()
    await client.engine()
    expect(await api.terminals.close({ terminalId: shell.id })).toEqual({ goesOn: 'nothing' })
  })

  test('the engine freezes: what is typed waits, and arrives when it thaws', async () => {
    const { engine, client, api, engineId, id } = await start()
    const shell = await openTerminal(api, engineId, id, { kind: 'exec' })
    await shell.until('#')
    await engine.freeze()
    await shell.type('echo thawed-$((1 + 1))\r')
    await client.engine(({ state }) => state === 'stale')
    engine.thaw()
    await shell.until('thawed-2')
  })
})
