import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { maker } from '../e2e/things'
import { filesOf } from '../files'
import { endOf, openOn } from '../images'
import { startEngineProxy } from './engineProxy'

const bed = inject('bed')

describe.each(bed.engines)('files of $kind', (engine) => {
  const { cli, create, idOf } = maker(engine, bed.busybox)

  test('that break off on their way are never taken for whole', async () => {
    const proxy = await startEngineProxy(engine, bed.folder)
    const { client, api, engineId } = await openOn({ ...engine, socket: proxy.socket })
    const name = await create()
    const target = { engineId, containerId: await idOf(name) }
    const { list, upload } = filesOf(client, target)
    await upload('/tmp', { big: Buffer.alloc(3_000_000, 'x') })
    const here = await mkdtemp(join(tmpdir(), 'longshore-files-'))
    onTestFinished(() => rm(here, { recursive: true, force: true }))

    for (const [path, as] of [
      ['/tmp/big', 'file'],
      ['/tmp', 'tar'],
      ['/tmp', 'folder'],
    ] as const) {
      proxy.cutLogs(/path=/, 1_000_000)
      const { jobId } = await api.files.download({
        ...{ target, path, as, file: join(here, as), overwrite: false },
      })
      expect(await endOf(client, jobId)).toMatchObject({ state: 'failed', result: null })
    }
    expect(await readdir(here)).toEqual([])
    proxy.cutLogs(/path=/, 1_000_000)
    await expect(list('/tmp', { fresh: true })).rejects.toBeDefined()
    expect(proxy.cuts()).toBe(4)
    // And the next time all is well.
    expect((await list('/tmp')).entries).toMatchObject([{ name: 'big', sizeBytes: 3_000_000 }])
  })

  test('of a container that vanishes meanwhile are calmly said to be gone', async () => {
    const { client, api, engineId } = await openOn(engine)
    const name = await create()
    const target = { engineId, containerId: await idOf(name) }
    const { list, upload } = filesOf(client, target)
    expect((await list('/')).entries.length).toBeGreaterThan(3)
    await cli(['rm', '--force', name])
    await expect(list('/')).rejects.toMatchObject({ code: 'not-found' })
    await expect(upload('/tmp', { a: 'x' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(api.files.changes({ target })).rejects.toMatchObject({ code: 'not-found' })
    // What removes it after the test finds it.
    await cli(['create', '--name', name, bed.busybox])
  })
})
