import { mkdtempSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Job } from '../../preload/contract/jobs'
import { engineCli, makeBusyboxImage, startDocker, startPodman, type Engine } from '../bed'
import { buildFolder, buildForm } from '../buildFolder'
import { firstOf, itemsOf, openClient } from '../client'
import { newName } from '../e2e/things'
import { called, endOf, newImage, untilImage } from '../images'
import { startEngineProxy } from './engineProxy'
import { WAIT } from './watching'

const bed = inject('bed')
const starters = { docker: startDocker, podman: startPodman }

describe.each(['docker', 'podman'] as const)('a job that the death of %s interrupts', (kind) => {
  /** An engine of these tests' own, which may be ill-treated. */
  let engine: Engine

  beforeAll(async () => {
    engine = await starters[kind](bed.folder)
    await makeBusyboxImage(engine, bed.busybox)
  })
  afterAll(() => engine.stop())

  async function open() {
    const proxy = await startEngineProxy(engine, bed.folder)
    const client = await openClient({ engine: proxy.socket })
    const { id: engineId } = await client.engine()
    const { api } = client
    /** The engine dies, the job fails for that, and the engine comes back. */
    const failsAsTheEngineDies = async (jobId: string): Promise<void> => {
      await engine.kill()
      expect(await endOf(client, jobId)).toMatchObject({
        state: 'failed',
        result: null,
        problem: {
          code: expect.stringMatching(/^engine-(?:unreachable|error)$/) as string,
          message: expect.stringMatching(/\w+ \w+/) as string,
        },
      })
      await client.engine(({ state }) => state === 'reconnecting')
      await engine.start()
      await client.engine()
    }
    const again = async (jobId: string): Promise<Job> => {
      const { jobId: next } = await api.jobs.retry({ jobId })
      return endOf(client, next)
    }
    const untilJob = (jobId: string, fits: (job: Job) => boolean) =>
      itemsOf(api.jobs.watch(), (all) => all.some((job) => job.id === jobId && fits(job)))
    return { proxy, client, api, engineId, failsAsTheEngineDies, again, untilJob }
  }

  const names = async () =>
    (await engineCli(engine)(['images', '--format', '{{.Repository}}:{{.Tag}}'])).split('\n')

  test('a build: no image has its name, and done again there is one', async () => {
    const { api, engineId, failsAsTheEngineDies, again, untilJob } = await open()
    const head = `FROM ${bed.busybox}\n`
    const folder = await buildFolder({ Dockerfile: `${head}RUN echo begun; sleep 1000\n` })
    const tag = `localhost/${newName()}:1`
    const { jobId } = await api.builds.start({ engineId, ...buildForm(folder, { tags: [tag] }) })
    await untilJob(jobId, ({ log }) => log.some((line) => line.includes('begun')))
    await failsAsTheEngineDies(jobId)
    expect(await names()).not.toContain(tag)
    await writeFile(join(folder, 'Dockerfile'), `${head}RUN echo done >/built\n`)
    expect(await again(jobId)).toMatchObject({ state: 'succeeded', problem: null })
    expect(await names()).toContain(tag)
  })

  test('saving images: there is no file, not even a part, and done again it is whole', async () => {
    const { proxy, client, api, engineId, failsAsTheEngineDies, again } = await open()
    const reference = await newImage(engine)
    await untilImage(client, engineId, called(reference))
    const folder = mkdtempSync(join(bed.folder, 'saved-'))
    const file = join(folder, 'image.tar')
    const stalled = proxy.spoil(/\/images\/get/, { kind: 'stall', afterBytes: 1_000_000 })
    const { jobId } = await api.archives.save({
      ...{ engineId, images: [reference], file, overwrite: false },
    })
    await expect.poll(() => stalled.hits(), WAIT).toBe(1)
    stalled.lift()
    await failsAsTheEngineDies(jobId)
    expect(await readdir(folder)).toEqual([])
    expect(await again(jobId)).toMatchObject({ state: 'succeeded', result: { kind: 'save', file } })
    expect(await readdir(folder)).toEqual(['image.tar'])
    const read = await firstOf(api.archives.inspect({ file }), ({ kind: one }) => one === 'read')
    expect(read).toMatchObject({ archive: { images: [{ references: [reference] }] } })
  })

  test('loading images: none of them is there, and done again all are', async () => {
    const { client, api, engineId, failsAsTheEngineDies, again, untilJob } = await open()
    const reference = await newImage(engine)
    const { id } = await untilImage(client, engineId, called(reference))
    const file = join(mkdtempSync(join(bed.folder, 'saved-')), 'image.tar')
    const saved = await api.archives.save({
      ...{ engineId, images: [reference], file, overwrite: false },
    })
    expect(await endOf(client, saved.jobId)).toMatchObject({ state: 'succeeded' })
    await engineCli(engine)(['rmi', reference])
    // So that it has not loaded them all when it dies.
    await engine.freeze()
    const { jobId } = await api.archives.load({ engineId, file })
    await untilJob(jobId, ({ currentBytes }) => currentBytes > 0)
    await failsAsTheEngineDies(jobId)
    expect(await names()).not.toContain(reference)
    expect(await again(jobId)).toMatchObject({ state: 'succeeded', problem: null })
    expect((await untilImage(client, engineId, called(reference))).id).toBe(id)
  })
})
