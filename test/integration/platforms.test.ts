import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { engineCli } from '../bed'
import { endOf, newImageName, openOn } from '../images'
import { putIndex } from '../registryContent'

const bed = inject('bed')

describe.each(bed.engines)('an image of several platforms on $kind', (engine) => {
  test.each(['127.0.0.1', 'localhost'])(
    'is pulled for the platform that the person chose, from %s',
    async (name) => {
      const { client, api, engineId } = await openOn(engine)
      const host = bed.registries.open.host
      const repository = newImageName()
      const platforms = ['linux/amd64', 'linux/arm64/v8', 'linux/s390x']
      const { images } = await putIndex(host, repository, '1', platforms)
      const reference = `${host.replace('127.0.0.1', name)}/${repository}:1`
      onTestFinished(async () => {
        await engineCli(engine)(['rmi', '--force', reference]).catch(() => undefined)
      })
      for (const { platform, configDigest } of images) {
        const { jobId } = await api.images.pull({ engineId, reference, platform })
        const job = await endOf(client, jobId)
        expect(job).toMatchObject({ state: 'succeeded', problem: null })
        // Its id is the digest of its configuration, which no other platform's image shares.
        expect(job.result).toMatchObject({ kind: 'pull', imageId: configDigest })
        const { platform: pulled } = await api.images.inspect({ engineId, id: configDigest })
        expect(platform.startsWith(pulled)).toBe(true)
      }
    },
  )

  test('fails in words for a platform that it has not', async () => {
    const { client, api, engineId } = await openOn(engine)
    const { host } = bed.registries.open
    const repository = newImageName()
    await putIndex(host, repository, '1', ['linux/amd64'])
    const reference = `${host}/${repository}:1`
    const { jobId } = await api.images.pull({ engineId, reference, platform: 'linux/riscv64' })
    expect(await endOf(client, jobId)).toMatchObject({
      state: 'failed',
      problem: { code: 'not-found', message: 'There is no image for this platform.' },
    })
  })
})
