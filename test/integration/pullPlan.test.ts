import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { engineCli, startFaultProxy } from '../bed'
import { endOf, newImageName, openOn } from '../images'
import { putImage, putIndex, putLayer, type Descriptor } from '../registryContent'

const bed = inject('bed')
const { host } = bed.registries.open

describe.each(bed.engines)('before a pull on $kind', (engine) => {
  const removedLater = (reference: string) =>
    onTestFinished(async () => {
      await engineCli(engine)(['rmi', '--force', reference]).catch(() => undefined)
    })

  test('it is told which layers are here, and as many bytes travel as were told', async () => {
    const { client, api, engineId } = await openOn(engine)
    const repository = newImageName()
    const shared = await putLayer(host, repository, 200_000)
    const added = await putLayer(host, repository, 100_000)
    await putImage(host, repository, { layers: [shared], tag: 'base' })
    const top = await putImage(host, repository, { layers: [shared, added], tag: 'top' })
    const proxy = await startFaultProxy(host)
    onTestFinished(() => proxy.stop())
    const [base, reference] = [
      `${proxy.host}/${repository}:base`,
      `${proxy.host}/${repository}:top`,
    ]
    removedLater(base)
    removedLater(reference)

    const before = await api.images.planPull({ engineId, reference })
    expect(before).toMatchObject({
      digest: top.digest,
      imageId: top.configDigest,
      presentImageId: null,
      platforms: [],
      platform: 'linux/amd64',
      sizeBytes: shared.size + added.size,
      travelBytes: shared.size + added.size,
    })

    await endOf(client, (await api.images.pull({ engineId, reference: base })).jobId)
    const plan = await api.images.planPull({ engineId, reference })
    expect(plan.layers).toEqual([
      { digest: shared.digest, sizeBytes: shared.size, here: true },
      { digest: added.digest, sizeBytes: added.size, here: false },
    ])
    expect(plan.travelBytes).toBe(added.size)

    const layerBytes = () =>
      [shared, added].map(({ digest }) => proxy.bytesOf(new RegExp(digest)).answerBytes)
    const [sharedBytes = 0, addedBytes = 0] = layerBytes()
    await endOf(client, (await api.images.pull({ engineId, reference })).jobId)
    expect(layerBytes()).toEqual([sharedBytes, addedBytes + added.size])

    // Now the name means this very image, and the next pull brings nothing.
    const after = await api.images.planPull({ engineId, reference })
    expect(after).toMatchObject({ presentImageId: top.configDigest, travelBytes: 0 })
  })

  test('the platforms of an index are told, and what another one than the usual would bring', async () => {
    const { api, engineId } = await openOn(engine)
    const repository = newImageName()
    const platforms = ['linux/amd64', 'linux/arm64/v8']
    const { index, images } = await putIndex(host, repository, '1', platforms)
    const reference = `${host}/${repository}:1`
    const plan = await api.images.planPull({ engineId, reference })
    expect(plan).toMatchObject({ digest: index.digest, platforms, platform: 'linux/amd64' })
    expect(plan.imageId).toBe(images[0]?.configDigest)
    const other = await api.images.planPull({ engineId, reference, platform: 'linux/arm64' })
    expect(other).toMatchObject({ platform: 'linux/arm64/v8', imageId: images[1]?.configDigest })
    const missing = api.images.planPull({ engineId, reference, platform: 'linux/riscv64' })
    await expect(missing).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a name that moved in the registry is told to mean another image here', async () => {
    const { client, api, engineId } = await openOn(engine)
    const repository = newImageName()
    const reference = `${host}/${repository}:1`
    removedLater(reference)
    const [shared, first, second] = await Promise.all(
      [1_000, 2_000, 3_000].map((bytes) => putLayer(host, repository, bytes)),
    )
    const layersOf = (...layers: (Descriptor | undefined)[]) =>
      layers.flatMap((layer) => layer ?? [])
    const former = await putImage(host, repository, { layers: layersOf(shared, first), tag: '1' })
    await endOf(client, (await api.images.pull({ engineId, reference })).jobId)
    const newer = await putImage(host, repository, { layers: layersOf(shared, second), tag: '1' })
    const plan = await api.images.planPull({ engineId, reference })
    expect(plan).toMatchObject({
      presentImageId: former.configDigest,
      imageId: newer.configDigest,
    })
    const { result } = await endOf(client, (await api.images.pull({ engineId, reference })).jobId)
    expect(result).toEqual({
      kind: 'pull',
      imageId: newer.configDigest,
      formerImageId: former.configDigest,
      change: { keptLayers: 1, newLayers: 1 },
    })
    await engineCli(engine)(['rmi', former.configDigest])
  })

  test('what is not there, and what only some may see, is told in words', async () => {
    const { api, engineId } = await openOn(engine)
    const missing = api.images.planPull({ engineId, reference: `${host}/${newImageName()}:1` })
    await expect(missing).rejects.toMatchObject({ code: 'not-found' })
    const { host: closed } = bed.registries.authenticated
    const refused = api.images.planPull({ engineId, reference: `${closed}/${newImageName()}:1` })
    await expect(refused).rejects.toMatchObject({ code: 'unauthorized' })
  })
})
