import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { engineCli, makeLayeredImage } from '../bed'
import { itemsOf } from '../client'
import { called, endOf, newImage, newImageName, openOn, untilImage } from '../images'

const bed = inject('bed')
const { open: openRegistry, authenticated } = bed.registries

describe.each(bed.engines)('images on $kind', (engine) => {
  const cli = engineCli(engine)

  test('the list tells names, size, age, users, and what dangles, as it changes', async () => {
    const { client, engineId } = await openOn(engine)
    const reference = await newImage(engine)
    const image = await untilImage(client, engineId, called(reference))
    expect(image.sizeBytes).toBeGreaterThanOrEqual(3 * 1024 * 1024)
    expect(image).toMatchObject({ dangling: false, usedBy: [] })
    const name = newImageName()
    const containerId = (await cli(['create', '--name', name, reference, 'true'])).trim()
    onTestFinished(async () => {
      await cli(['rm', '--force', name])
    })
    await untilImage(
      client,
      engineId,
      ({ id, usedBy }) => id === image.id && usedBy.includes(containerId),
    )
    // The name goes to another image: the first one is left without.
    await makeLayeredImage(engine, reference, 1, 1024)
    await untilImage(client, engineId, ({ id, dangling }) => id === image.id && dangling)
    await cli(['rm', '--force', name])
    await cli(['rmi', image.id])
  })

  test('tag adds a name, untag takes it away, and the last name is kept', async () => {
    const { client, api, engineId } = await openOn(engine)
    const reference = await newImage(engine)
    const { id } = await untilImage(client, engineId, called(reference))
    const second = `localhost/${newImageName()}`
    await api.images.tag({ engineId, id, reference: second })
    const both = await untilImage(client, engineId, called(`${second}:latest`))
    expect(both.id).toBe(id)
    expect(both.references).toContain(reference)
    await api.images.untag({ engineId, id, reference: `${second}:latest` })
    await untilImage(client, engineId, (image) => image.id === id && image.references.length === 1)
    await expect(api.images.untag({ engineId, id, reference })).rejects.toMatchObject({
      code: 'conflict',
    })
    await untilImage(client, engineId, called(reference))
  })

  test('rename gives the new name before it takes the old one, and never the last one away', async () => {
    const { client, api, engineId } = await openOn(engine)
    const reference = await newImage(engine)
    const { id } = await untilImage(client, engineId, called(reference))
    const to = `localhost/${newImageName()}:new`
    onTestFinished(async () => {
      await cli(['rmi', '--force', to]).catch(() => undefined)
    })
    await api.images.rename({ engineId, id, from: reference, to })
    const renamed = await untilImage(client, engineId, called(to))
    expect(renamed).toMatchObject({ id, references: [to] })
    for (const [from, next, code] of [
      [to, to, 'conflict'],
      [reference, 'localhost/other:1', 'not-found'],
      [to, 'NO NAME', 'invalid-input'],
      [to, `localhost/other@sha256:${'a'.repeat(64)}`, 'invalid-input'],
    ] as const) {
      await expect(api.images.rename({ engineId, id, from, to: next })).rejects.toMatchObject({
        code,
      })
    }
    expect(await untilImage(client, engineId, called(to))).toMatchObject({ references: [to] })
  })

  test('remove takes all names at once, and refuses while a container uses the image', async () => {
    const { client, api, engineId } = await openOn(engine)
    const reference = await newImage(engine)
    const { id } = await untilImage(client, engineId, called(reference))
    await api.images.tag({ engineId, id, reference: `localhost/${newImageName()}:2` })
    const name = newImageName()
    await cli(['create', '--name', name, reference, 'true'])
    onTestFinished(async () => {
      await cli(['rm', '--force', name])
    })
    await untilImage(client, engineId, (image) => image.id === id && image.usedBy.length === 1)
    const refused = await api.images.remove({ engineId, ids: [id] })
    expect(refused.outcomes[0]?.problem).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(name) as string,
    })
    await untilImage(client, engineId, (image) => image.id === id && image.references.length === 2)
    await cli(['rm', name])
    await itemsOf(api.containers.watch({ engineId }), (all) =>
      all.every((one) => one.name !== name),
    )
    const removed = await api.images.remove({ engineId, ids: [id] })
    expect(removed.outcomes).toEqual([{ id, changed: true }])
    await itemsOf(api.images.watch({ engineId }), (all) => all.every((image) => image.id !== id))
  })

  test('inspect tells the configuration and the layers', async () => {
    const { client, api, engineId } = await openOn(engine)
    const reference = await newImage(engine)
    const { id } = await untilImage(client, engineId, called(reference))
    const details = await api.images.inspect({ engineId, id })
    expect(details.platform).toMatch(/^linux\//)
    expect(details.layers).toHaveLength(3)
  })

  test('push with progress, remove, and pull back, from a registry without TLS on loopback', async () => {
    const { client, api, engineId } = await openOn(engine)
    // By this name no engine of the bed is configured to do without TLS.
    const host = openRegistry.host.replace('127.0.0.1', 'localhost')
    const reference = await newImage(engine, `${host}/${newImageName()}`)
    const { id } = await untilImage(client, engineId, called(reference))
    const push = await api.images.push({ engineId, references: [reference] })
    const pushed = await endOf(client, push.jobId)
    expect(pushed).toMatchObject({ request: { kind: 'push' }, state: 'succeeded', problem: null })
    expect(pushed.steps).not.toHaveLength(0)
    expect(pushed.steps.every(({ phase }) => phase === 'done' || phase === 'exists')).toBe(true)
    await api.images.remove({ engineId, ids: [id] })
    await itemsOf(api.images.watch({ engineId }), (all) => all.every((image) => image.id !== id))
    const pull = await api.images.pull({ engineId, reference })
    const pulled = await endOf(client, pull.jobId)
    expect(pulled).toMatchObject({
      request: { kind: 'pull' },
      state: 'succeeded',
      problem: null,
      result: { kind: 'pull', imageId: id, formerImageId: null, change: null },
    })
    expect(pulled.steps.length).toBeGreaterThanOrEqual(3)
    const again = await untilImage(client, engineId, called(reference))
    expect(again.id).toBe(id)
    if (pushed.digest !== null) expect(again.digests.join()).toContain(pushed.digest)
  })

  test('a registry with a password: refused without, refused in words when wrong, then pushed and pulled', async () => {
    const { client, api, engineId } = await openOn(engine)
    const { host, user, password } = authenticated
    const reference = await newImage(engine, `${host}/${newImageName()}`)
    await untilImage(client, engineId, called(reference))
    const anonymous = await api.images.push({ engineId, references: [reference] })
    expect(await endOf(client, anonymous.jobId)).toMatchObject({
      state: 'failed',
      problem: { code: 'unauthorized' },
    })
    await expect(
      api.registries.logIn({ host, username: user, password: 'wrong' }),
    ).rejects.toMatchObject({ code: 'unauthorized' })
    expect((await api.registries.list()).registries.map((registry) => registry.host)).not.toContain(
      host,
    )
    await api.registries.logIn({ host, username: user, password })
    const { registries, protection } = await api.registries.list()
    expect(registries).toContainEqual({ host, username: user, source: 'longshore', helper: null })
    expect(protection).toBe('file')
    const push = await api.images.push({ engineId, references: [reference] })
    expect(await endOf(client, push.jobId)).toMatchObject({ state: 'succeeded' })
    await cli(['rmi', reference])
    const pull = await api.images.pull({ engineId, reference })
    expect(await endOf(client, pull.jobId)).toMatchObject({ state: 'succeeded' })
    await api.registries.logOut({ host })
    const after = await api.images.push({ engineId, references: [reference] })
    expect(await endOf(client, after.jobId)).toMatchObject({ state: 'failed' })
  })

  test('what is no image name is refused at once, what does not exist fails in words', async () => {
    const { client, api, engineId } = await openOn(engine)
    for (const reference of ['UPPERcase', 'a b', 'name:tag:tag', 'x@sha256:12', '../../version']) {
      await expect(api.images.pull({ engineId, reference })).rejects.toMatchObject({
        code: 'invalid-input',
        data: { hint: expect.stringMatching(/\w/) as string },
      })
    }
    const { jobId } = await api.images.pull({
      engineId,
      reference: `${openRegistry.host}/nobody/made-this:1`,
    })
    const job = await endOf(client, jobId)
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'not-found' } })
    expect(job.problem?.hint).toMatch(/name/)
    const retry = await api.jobs.retry({ jobId })
    expect((await endOf(client, retry.jobId)).state).toBe('failed')
    await api.jobs.dismiss({ jobId })
    await itemsOf(api.jobs.watch(), (all) => all.every(({ id }) => id !== jobId))
  })

  test('a cancelled pull says cancelled, is no error, and leaves no image', async () => {
    const { client, api, engineId } = await openOn(engine)
    const reference = await newImage(
      engine,
      `${openRegistry.host}/${newImageName()}`,
      16 * 1024 * 1024,
    )
    await endOf(client, (await api.images.push({ engineId, references: [reference] })).jobId)
    await cli(['rmi', reference])
    await itemsOf(api.images.watch({ engineId }), (all) => !all.some(called(reference)))
    const { jobId } = await api.images.pull({ engineId, reference })
    await api.jobs.cancel({ jobId })
    expect(await endOf(client, jobId)).toMatchObject({ state: 'cancelled', problem: null })
    const images = await itemsOf(api.images.watch({ engineId }), () => true)
    expect(images.some(called(reference))).toBe(false)
  })
})
