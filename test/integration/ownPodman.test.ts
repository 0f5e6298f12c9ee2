import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { OwnPodman } from '../../main/engines/ownPodman'
import { makeBusyboxImage } from '../bed'
import { itemsOf, openClient } from '../client'

const bed = inject('bed')

/** Podman's files go below `folder` for as long as the test runs. */
async function keepPodmanIn(folder: string): Promise<void> {
  const before = { ...process.env }
  onTestFinished(() => {
    process.env = before
  })
  const file = join(folder, 'storage.conf')
  const [graph, run] = ['graph', 'run'].map((name) => JSON.stringify(join(folder, name)))
  await writeFile(file, `[storage]\ndriver = "vfs"\ngraphroot = ${graph}\nrunroot = ${run}\n`)
  process.env['CONTAINERS_STORAGE_CONF'] = file
  process.env['TMPDIR'] = folder
}

test("Podman's service is started as a child, runs containers, and ends alone", async () => {
  // A short path: Podman's helpers fail quietly when it is long.
  const folder = await mkdtemp(join(bed.folder, 'own-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await keepPodmanIn(folder)
  const own = new OwnPodman(join(folder, 'app'))
  onTestFinished(() => own.stop())
  const [found] = await own.start()
  if (found?.endpoint.protocol !== 'unix') throw new Error('Podman did not come up.')
  expect(found.foundBy).toMatch(/started by Longshore/)
  const socket = found.endpoint.path
  await makeBusyboxImage({ kind: 'podman', socket, folder, logFile: '' }, 'localhost/own:1')
  const client = await openClient({ engine: socket })
  const { id: engineId, kind } = await client.engine()
  expect(kind).toBe('podman')
  const { id } = await client.api.containers.run({
    engineId,
    image: 'localhost/own:1',
    command: ['sleep', '1000'],
  })
  onTestFinished(async () => {
    // Where the test failed between its two starts.
    await own.start()
    const again = await openClient({ engine: socket })
    const { id: engine } = await again.engine()
    await again.api.containers.remove({ engineId: engine, ids: [id], force: true })
  })
  const details = await client.api.containers.inspect({ engineId, id })
  const pid = details.pid ?? 0
  await own.stop()
  await client.engine(({ state }) => state === 'reconnecting')
  // The container lives on without its service.
  expect(() => process.kill(pid, 0)).not.toThrow()
  await own.start()
  await client.engine(({ state }) => state === 'connected')
  const containers = await itemsOf(
    client.api.containers.watch({ engineId }),
    (all) => all.length > 0,
  )
  expect(containers).toMatchObject([{ id, state: 'running' }])
})
