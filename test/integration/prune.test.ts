import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { Image } from '../../preload/contract/images'
import { freedBy } from '../../preload/contract/layers'
import type { PruneResult } from '../../preload/contract/prune'
import { prunable, type PruneCriteria } from '../../renderer/images/prune/criteria'
import { buildOn } from '../buildOn'
import type { EngineFacts } from '../bed'
import { engineRequest } from '../bed/api'
import { firstOf, itemsOf } from '../client'
import { maker, newName } from '../e2e/things'
import { called, endOf, openOn, untilImage } from '../images'

const bed = inject('bed')

describe.each(bed.engines)('a prune on $kind', (engine) => {
  const { cli, image: newImage, removeLater } = maker(engine, bed.busybox)

  test('of dangling images keeps those with a name, and frees exactly what was told', async () => {
    const { client, engineId, shown, freed, prune, idsNow } = await open(engine)
    const named = await newImage()
    const taken = await newImage()
    const dangling = await untilImage(client, engineId, called(taken))
    // Another image takes the name.
    await newImage(taken)
    await untilImage(client, engineId, ({ id, dangling: is }) => id === dangling.id && is)
    const images = await shown({ scope: 'dangling' }, [dangling.id])
    expect(images.map(({ id }) => id)).toEqual([dangling.id])
    const told = await freed(images)
    const before = await storedBytes(engine)
    const job = await prune(images)
    expect(job).toMatchObject({ state: 'succeeded', problem: null })
    expect(job.result).toEqual({ kind: 'prune', removed: 1, kept: [], freedBytes: told })
    expect(told).toBeGreaterThanOrEqual(3 * 256 * 1024)
    if (engine.kind === 'docker') expect(before - (await storedBytes(engine))).toBe(told)
    expect(await idsNow()).not.toContain(dangling.id)
    for (const name of [named, taken]) await untilImage(client, engineId, called(name))
  })

  test('of unused images takes what was shown and nothing that came after', async () => {
    const { client, engineId, shown, prune, idsNow } = await open(engine)
    const [first, second] = [await newImage(), await newImage()]
    const ids = await Promise.all(
      [first, second].map(async (name) => (await untilImage(client, engineId, called(name))).id),
    )
    const images = await shown({ scope: 'unused' }, ids)
    const later = await newImage()
    const { id: laterId } = await untilImage(client, engineId, called(later))
    const { result } = await prune(images)
    expect(result).toMatchObject({ removed: 2, kept: [] })
    const left = await idsNow()
    expect(left).toContain(laterId)
    for (const id of ids) expect(left).not.toContain(id)
  })

  test('leaves what a container was made from, or what was named otherwise, since it was shown', async () => {
    const { client, engineId, shown, prune, idsNow } = await open(engine)
    const names = [await newImage(), await newImage(), await newImage()] as const
    const ids = await Promise.all(
      names.map(async (name) => (await untilImage(client, engineId, called(name))).id),
    )
    const images = await shown({ scope: 'unused' }, ids)
    const [used, renamed, going] = names
    const container = newName()
    removeLater(container)
    await cli(['create', '--name', container, used, 'true'])
    const second = `localhost/${newName()}:2`
    await cli(['tag', renamed, second])
    onTestFinished(() => cli(['rmi', second]).then(() => undefined))
    const { result } = await prune(images)
    expect(result).toMatchObject({ removed: 1 })
    const { kept } = result as PruneResult
    expect(kept).toHaveLength(2)
    expect(kept).toContainEqual({
      id: ids[0],
      references: [used],
      reason: 'in-use',
      detail: container,
    })
    expect(kept).toContainEqual({
      id: ids[1],
      references: [renamed],
      reason: 'renamed',
      detail: expect.stringContaining(second) as string,
    })
    const left = await idsNow()
    expect(left).toEqual(expect.arrayContaining(ids.slice(0, 2)))
    expect(left).not.toContain(ids[2])
    expect(going).toBeTruthy()
  })

  test('takes images that are built on each other, whatever their order', async () => {
    const { client, engineId, shown, freed, prune, idsNow } = await open(engine)
    const base = await newImage()
    const { id: baseId } = await untilImage(client, engineId, called(base))
    const top = `localhost/${newName()}:top`
    await buildOn(engine, top, base)
    const { id: topId } = await untilImage(client, engineId, called(top))
    onTestFinished(() => cli(['rmi', '--force', top]).then(noop, noop))
    // The base alone stays: an image that stays is built on it.
    const alone = await prune(await shown({ scope: 'unused' }, [baseId]))
    expect(alone.result).toMatchObject({
      removed: 0,
      freedBytes: 0,
      kept: [{ id: baseId, reason: 'has-children', references: [base] }],
    })
    await untilImage(client, engineId, called(base))
    const both = await shown({ scope: 'unused' }, [baseId, topId])
    const told = await freed(both)
    const before = await storedBytes(engine)
    const inOrder = [...both].sort((one) => (one.id === baseId ? -1 : 1))
    expect((await prune(inOrder)).result).toEqual({
      kind: 'prune',
      removed: 2,
      kept: [],
      freedBytes: told,
    })
    if (engine.kind === 'docker') expect(before - (await storedBytes(engine))).toBe(told)
    const left = await idsNow()
    expect(left).not.toContain(baseId)
    expect(left).not.toContain(topId)
  })

  test('can be cancelled between images, and tells what had gone', async () => {
    const { api, client, engineId, shown } = await open(engine)
    const names = await Promise.all(Array.from({ length: 3 }, () => newImage()))
    const ids = await Promise.all(
      names.map(async (name) => (await untilImage(client, engineId, called(name))).id),
    )
    const images = await shown({ scope: 'unused' }, ids)
    const { jobId } = await api.prune.start({ engineId, images })
    await api.jobs.cancel({ jobId })
    const job = await endOf(client, jobId)
    expect(job).toMatchObject({ state: 'cancelled', problem: null })
    const left = (await itemsOf(api.images.watch({ engineId }), () => true)).map(({ id }) => id)
    const gone = ids.filter((id) => !left.includes(id))
    if (job.result !== null) expect(job.result).toMatchObject({ removed: gone.length })
    expect(gone.length).toBeLessThan(3)
  })
})

const noop = () => undefined

async function open(engine: EngineFacts) {
  const { client, api, engineId } = await openOn(engine)
  const imagesNow = () => itemsOf(api.images.watch({ engineId }), () => true)
  return {
    client,
    api,
    engineId,
    idsNow: async () => {
      const { body } = await engineRequest(engine, 'GET', '/images/json')
      return (JSON.parse(body) as { Id: string }[]).map(({ Id }) =>
        Id.startsWith('sha256:') ? Id : `sha256:${Id}`,
      )
    },
    /** What the dialog would show, of these images. */
    shown: async (criteria: Pick<PruneCriteria, 'scope'>, ids: string[]): Promise<Image[]> => {
      const all = { olderThanDays: null, search: '', ...criteria }
      // Images of the bed are made without a time, or with one of this moment.
      return prunable(await imagesNow(), all, Date.now() + 60_000).filter(({ id }) =>
        ids.includes(id),
      )
    },
    freed: async (images: Image[]): Promise<number> => {
      const message = await firstOf(api.layers.sharing({ engineId }), ({ kind }) => kind === 'read')
      if (message.kind !== 'read') throw new Error('unreachable')
      return freedBy(
        message.sharing,
        images.map(({ id }) => id),
      ).bytes
    },
    prune: async (images: Image[]) => {
      const chosen = images.map(({ id, references }) => ({ id, references }))
      const { jobId } = await api.prune.start({ engineId, images: chosen })
      return endOf(client, jobId)
    },
  }
}

/** Of all layers together, as `docker system df` counts. */
async function storedBytes(engine: EngineFacts): Promise<number> {
  const { body } = await engineRequest(engine, 'GET', '/system/df?type=image')
  return (JSON.parse(body) as { LayersSize: number }).LayersSize
}
