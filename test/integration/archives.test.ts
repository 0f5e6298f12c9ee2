import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { readFile, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { ArchiveFacts } from '../../preload/contract/archives'
import type { EngineFacts } from '../bed'
import { firstOf, itemsOf } from '../client'
import { maker, newName } from '../e2e/things'
import { called, endOf, openOn, untilImage } from '../images'
import { savedImage, tarOf } from '../unit/archives/tars'

const MIB = 1024 * 1024
const bed = inject('bed')

describe.each(bed.engines)('archives on $kind', (engine) => {
  const { cli, image: newImage, run, create, idOf, removeLater } = maker(engine, bed.busybox)

  test('what is saved, removed and loaded again has its ids and names: several images in one file', async () => {
    const { engineId, api, client, save, load, inspect, gone } = await open(engine)
    const references = [await newImage(), await newImage()]
    const second = `localhost/${newName()}:2`
    await cli(['tag', references[0] ?? '', second])
    const names = [...references, second].sort()
    const ids = await Promise.all(
      names.map(async (name) => (await untilImage(client, engineId, called(name))).id),
    )
    const file = join(newFolder(), 'images.tar')
    const saved = await save(names, file)
    expect(saved).toMatchObject({
      state: 'succeeded',
      subject: 'images.tar',
      result: { kind: 'save', file, bytes: statSync(file).size },
    })
    expect(saved.currentBytes).toBe(statSync(file).size)
    const archive = await inspect(file)
    expect(archive).toMatchObject({ kind: 'docker-archive', compression: 'none' })
    expect(archive.images.flatMap(({ references: all }) => all).sort()).toEqual(names)
    expect(archive.images.map(({ id }) => id).sort()).toEqual([...new Set(ids)].sort())

    await api.images.remove({ engineId, ids: [...new Set(ids)] })
    await gone(ids)
    const loaded = await load(file)
    expect(loaded).toMatchObject({ state: 'succeeded', problem: null })
    const images = loaded.result?.kind === 'load' ? loaded.result.images : []
    expect(images.flatMap((image) => image.references).sort()).toEqual(names)
    expect(images.map(({ id }) => id).sort()).toEqual([...new Set(ids)].sort())
    for (const [at, name] of names.entries()) {
      expect((await untilImage(client, engineId, called(name))).id).toBe(ids[at])
    }
  })

  test('a file called .tar.gz is compressed, and loads as well as one packed by xz', async () => {
    const { engineId, client, save, load, inspect, gone } = await open(engine)
    const reference = await newImage()
    const { id } = await untilImage(client, engineId, called(reference))
    const file = join(newFolder(), 'image.tar.gz')
    expect(await save([reference], file)).toMatchObject({ state: 'succeeded' })
    execFileSync('gzip', ['--test', file])
    expect(await inspect(file)).toMatchObject({ compression: 'gzip' })
    const xz = file.replace('.gz', '.xz')
    writeFileSync(
      xz,
      execFileSync('sh', ['-c', 'gzip -dc "$0" | xz -0', file], { maxBuffer: 64 * MIB }),
    )
    for (const packed of [file, xz]) {
      await cli(['rmi', reference])
      await gone([id])
      expect(await load(packed)).toMatchObject({
        state: 'succeeded',
        result: { images: [{ id, references: [reference] }] },
      })
      await untilImage(client, engineId, called(reference))
    }
  })

  test('an image without a name is saved and loaded by its id', async () => {
    const { engineId, client, save, load, gone } = await open(engine)
    const reference = await newImage()
    const { id } = await untilImage(client, engineId, called(reference))
    // Another image takes the name.
    await newImage(reference)
    await untilImage(client, engineId, (image) => image.id === id && image.dangling)
    const file = join(newFolder(), 'nameless.tar')
    expect(await save([id], file)).toMatchObject({ state: 'succeeded' })
    await cli(['rmi', id])
    await gone([id])
    expect(await load(file)).toMatchObject({
      state: 'succeeded',
      result: { images: [{ id, references: [] }] },
    })
    await cli(['rmi', id])
  })

  test('a file that is there is replaced only when that is said', async () => {
    const { engineId, api, save } = await open(engine)
    const file = join(newFolder(), 'image.tar')
    writeFileSync(file, 'before')
    const request = { engineId, images: [bed.busybox], file, overwrite: false }
    await expect(api.archives.save(request)).rejects.toMatchObject({
      code: 'confirmation-needed',
      data: { dangers: ['overwrite'] },
    })
    expect(await readFile(file, 'utf8')).toBe('before')
    expect(await save([bed.busybox], file, true)).toMatchObject({ state: 'succeeded' })
    expect(statSync(file).size).toBeGreaterThan(MIB)
  })

  test('cancelled in the middle, it leaves no file', async () => {
    const { engineId, api, client } = await open(engine)
    const reference = await newImage(undefined, 48 * MIB)
    const folder = newFolder()
    const file = join(folder, 'image.tar')
    const { jobId } = await api.archives.save({
      engineId,
      images: [reference],
      file,
      overwrite: false,
    })
    await itemsOf(api.jobs.watch(), (all) =>
      all.some(({ id, currentBytes }) => id === jobId && currentBytes > 0),
    )
    expect(readdirSync(folder)).toHaveLength(1)
    await api.jobs.cancel({ jobId })
    const job = await endOf(client, jobId)
    expect(job).toMatchObject({ state: 'cancelled', problem: null })
    expect(job.currentBytes).toBeLessThan(3 * 48 * MIB)
    expect(readdirSync(folder)).toEqual([])
  })

  test('a disk that is full is told, and nothing half remains on it', async () => {
    const { save } = await open(engine)
    const folder = newFolder()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', folder])
    onTestFinished(() => void execFileSync('umount', [folder]))
    expect(await save([bed.busybox], join(folder, 'image.tar'))).toMatchObject({
      state: 'failed',
      problem: { code: 'disk-full', message: expect.stringContaining(folder) as string },
    })
    expect(readdirSync(folder)).toEqual([])
  })

  test('what the engine does not have fails in words, and leaves no file', async () => {
    const { save } = await open(engine)
    const folder = newFolder()
    const job = await save([`localhost/${newName()}:1`], join(folder, 'image.tar'))
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'not-found' } })
    expect(job.problem?.engineMessage).toMatch(/\w/)
    expect(readdirSync(folder)).toEqual([])
  })

  test('an archive that is cut off, leads out or holds no image fails in words, and the engine gets nothing', async () => {
    const { engineId, api, save, load } = await open(engine)
    const idsNow = async () =>
      (await itemsOf(api.images.watch({ engineId }), () => true)).map(({ id }) => id).sort()
    const before = await idsNow()
    const cut = join(newFolder(), 'cut.tar')
    await save([bed.busybox], cut)
    await truncate(cut, Math.floor(statSync(cut).size / 2))
    const hostile = join(newFolder(), 'hostile.tar')
    writeFileSync(
      hostile,
      await tarOf([{ name: '../../etc/cron.d/x', content: 'x' }, ...savedImage()]),
    )
    const files = join(newFolder(), 'files.tar')
    writeFileSync(files, await tarOf([{ name: 'bin/sh', content: 'x' }]))
    for (const [file, words] of [
      [cut, /cut off/],
      [hostile, /leads out of it/],
      [files, /no images/],
    ] as const) {
      expect(await load(file)).toMatchObject({
        state: 'failed',
        problem: { code: 'invalid-input', message: expect.stringMatching(words) as string },
      })
    }
    expect(await idsNow()).toEqual(before)
  })

  test('an archive that only looks right is refused by the engine, in words', async () => {
    const { load } = await open(engine)
    const file = join(newFolder(), 'empty.tar')
    writeFileSync(file, await tarOf(savedImage()))
    const job = await load(file)
    expect(job).toMatchObject({
      state: 'failed',
      problem: { message: expect.stringContaining('engine') as string },
    })
    expect(job.problem?.engineMessage).toMatch(/\w/)
  })

  test('a container is exported and imported as an image that runs, with what it was given', async () => {
    const { engineId, api, client, inspect } = await open(engine)
    const name = await run()
    await cli(['exec', name, 'sh', '-c', 'echo from the container >/www/note'])
    await itemsOf(api.containers.watch({ engineId }), (all) => all.some((one) => one.name === name))
    const file = join(newFolder(), 'files.tar.gz')
    const exported = await api.archives.export({
      engineId,
      containerId: await idOf(name),
      file,
      overwrite: false,
    })
    expect(await endOf(client, exported.jobId)).toMatchObject({
      state: 'succeeded',
      subject: `${name} → files.tar.gz`,
      result: { kind: 'export', file, bytes: statSync(file).size },
    })
    const archive = await inspect(file)
    expect(archive).toMatchObject({ kind: 'file-system', compression: 'gzip', images: [] })
    expect(archive.entries).toBeGreaterThan(10)

    const reference = `localhost/${newName()}:from-files`
    onTestFinished(() => cli(['rmi', '--force', reference]).then(() => undefined))
    const imported = await api.archives.import({
      engineId,
      file,
      reference,
      changes: ['CMD ["sh", "-c", "cat /www/note; echo $SHIP"]', 'ENV PATH=/bin SHIP=sloop'],
    })
    const job = await endOf(client, imported.jobId)
    const { id } = await untilImage(client, engineId, called(reference))
    expect(job).toMatchObject({
      state: 'succeeded',
      result: { kind: 'import', imageId: id, reference },
    })
    const container = newName()
    removeLater(container)
    await cli(['run', '--detach', '--name', container, '--network', 'none', reference])
    expect(await cli(['wait', container])).toBe('0')
    expect(await cli(['logs', container])).toBe('from the container\nsloop')
  })

  test('an import of images, under a name with a digest or with an instruction that runs is refused', async () => {
    const { engineId, api, client, save } = await open(engine)
    const file = join(newFolder(), 'image.tar')
    await save([bed.busybox], file)
    const request = { engineId, file, reference: 'localhost/ship:1', changes: [] }
    const { jobId } = await api.archives.import(request)
    expect(await endOf(client, jobId)).toMatchObject({
      state: 'failed',
      problem: { code: 'invalid-input', hint: expect.stringContaining('Load') as string },
    })
    for (const wrong of [
      { reference: `ship@sha256:${'a'.repeat(64)}` },
      { changes: ['RUN rm -rf /'] },
      { changes: ['ENV A=1\nRUN rm -rf /'] },
    ]) {
      await expect(api.archives.import({ ...request, ...wrong })).rejects.toMatchObject({
        code: 'invalid-input',
      })
    }
  })

  test('a container that never ran is exported too', async () => {
    const { engineId, api, client, inspect } = await open(engine)
    const file = join(newFolder(), 'created.tar')
    const containerId = await idOf(await create())
    const { jobId } = await api.archives.export({ engineId, containerId, file, overwrite: false })
    expect(await endOf(client, jobId)).toMatchObject({ state: 'succeeded' })
    expect((await inspect(file)).kind).toBe('file-system')
  })
})

test('what Docker saved, Podman loads, and the other way round, with the same id and name', async () => {
  for (const [from, to] of [
    [bed.docker, bed.podman],
    [bed.podman, bed.docker],
  ] as const) {
    const giver = await open(from)
    const taker = await open(to)
    const reference = await maker(from, bed.busybox).image()
    const { id } = await untilImage(giver.client, giver.engineId, called(reference))
    const file = join(newFolder(), 'image.tar')
    expect(await giver.save([reference], file)).toMatchObject({ state: 'succeeded' })
    const loaded = await taker.load(file)
    onTestFinished(() =>
      maker(to, bed.busybox)
        .cli(['rmi', reference])
        .then(() => undefined),
    )
    expect(loaded).toMatchObject({
      state: 'succeeded',
      result: { images: [{ id, references: [reference] }] },
    })
  }
})

function newFolder(): string {
  mkdirSync(join(bed.folder, 'archives'), { recursive: true })
  const folder = mkdtempSync(join(bed.folder, 'archives', 'files-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function open(engine: EngineFacts) {
  const { client, api, engineId } = await openOn(engine)
  return {
    client,
    api,
    engineId,
    save: async (images: string[], file: string, overwrite = false) => {
      const { jobId } = await api.archives.save({ engineId, images, file, overwrite })
      return endOf(client, jobId)
    },
    load: async (file: string) => {
      const { jobId } = await api.archives.load({ engineId, file })
      return endOf(client, jobId)
    },
    inspect: async (file: string): Promise<ArchiveFacts> => {
      const message = await firstOf(api.archives.inspect({ file }), ({ kind }) => kind === 'read')
      if (message.kind !== 'read') throw new Error('unreachable')
      return message.archive
    },
    /** Resolves when the list has none of them any more. */
    gone: (ids: string[]) =>
      itemsOf(api.images.watch({ engineId }), (all) => all.every(({ id }) => !ids.includes(id))),
  }
}
