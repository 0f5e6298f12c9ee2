import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createReadStream, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { extract, pack } from 'tar-stream'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import {
  freedBy,
  type AnalysisMessage,
  type LayerEntry,
  type LayerSharing,
} from '../../preload/contract/layers'
import { analysisOf } from '../../main/layers/analyse'
import { readImageArchive } from '../../main/layers/imageArchive'
import { waitFor, type EngineFacts } from '../bed'
import { engineRequest } from '../bed/api'
import { itemsOf } from '../client'
import { maker, newName } from '../e2e/things'
import { called, openOn, untilImage } from '../images'

const MIB = 1024 * 1024
const bed = inject('bed')

/** In the order of its lines; the fourth makes a layer without a byte, the last two none. */
const CHANGING = `FROM ${bed.busybox}
RUN mkdir /folder && echo one > /file && echo x > /folder/x && echo deep > /folder/gone
RUN echo three > /file && echo yy > /folder/y && rm /folder/gone
RUN rm -r /folder && ln /file /hard && mkdir -m 700 /private
WORKDIR /work/deep
RUN echo new > /folder && chmod 600 /file
ENV A=1
CMD ["sh", "-c", "true"]
`

describe.each(bed.engines)('layers on $kind', (engine) => {
  const { cli, image: newImage } = maker(engine, bed.busybox)

  test('an image is told bottom up, by instructions, each with the layer that it made', async () => {
    const { api, engineId, build, readAnalysis } = await open(engine)
    const { id } = await build(CHANGING)
    const steps = await api.layers.ofImage({ engineId, id })
    const instructions = steps.slice(-7).map(({ instruction }) => instruction)
    expect(instructions.slice(0, 3)).toEqual([
      expect.stringMatching(/^RUN mkdir \/folder && echo one/),
      expect.stringMatching(/^RUN echo three/),
      expect.stringMatching(/^RUN rm -r \/folder/),
    ])
    expect(instructions.at(3)).toBe('WORKDIR /work/deep')
    expect(instructions.slice(5)).toEqual(['ENV A=1', 'CMD ["sh", "-c", "true"]'])
    expect(steps.slice(-2).map(({ layer }) => layer)).toEqual([null, null])
    const { layers: diffIds } = await api.images.inspect({ engineId, id, reveal: false })
    const layers = steps.flatMap(({ layer }) => layer ?? [])
    expect(layers.map(({ diffId }) => diffId)).toEqual(diffIds)
    const told = (
      await cli(['history', '--no-trunc', '--human=false', '--format', '{{.Size}}', id])
    )
      .split('\n')
      .map(Number)
    expect(steps.map(({ layer }) => layer?.sizeBytes ?? 0)).toEqual(told.toReversed())
    // The image's own configuration marks what made no layer: the same comes out.
    await readAnalysis(id)
    expect(await api.layers.ofImage({ engineId, id })).toEqual(steps)
  })

  test('a layer tells which other images stand on it', async () => {
    const { client, api, engineId, build } = await open(engine)
    const base = await untilImage(client, engineId, called(bed.busybox))
    const one = await build(`FROM ${bed.busybox}\nRUN echo ${newName()} > /one\n`)
    const two = await build(`FROM ${one.reference}\nRUN echo ${newName()} > /two\n`)
    const steps = await api.layers.ofImage({ engineId, id: two.id })
    const shared = steps.flatMap(({ layer }) => (layer ? [layer.sharedWith] : []))
    expect(shared).toHaveLength(3)
    expect(shared[0]).toEqual(expect.arrayContaining([base.id, one.id]))
    expect(shared[1]).toEqual([one.id])
    expect(shared[2]).toEqual([])
  })

  test('the sharing map tells what the engine tells, and what removing images really frees', async () => {
    const { api, engineId, build, readSharing } = await open(engine)
    const base = await build(filesOf('base', 3 * MIB))
    const one = await build(filesOf('one', 2 * MIB, base.reference))
    const two = await build(filesOf('two', 1 * MIB, base.reference))
    const sharing = await readSharing()
    const bytes = (...ids: string[]) => freedBy(sharing, ids).bytes
    const near = (value: number, expected: number) =>
      expect(Math.abs(value - expected)).toBeLessThan(0.1 * MIB)
    near(bytes(one.id), 2 * MIB)
    near(bytes(two.id), MIB)
    near(bytes(base.id), 0)
    near(bytes(base.id, one.id), 2 * MIB)
    near(bytes(base.id, one.id, two.id), 6 * MIB)
    expect(freedBy(sharing, [one.id]).keptBytes).toBeGreaterThan(2.9 * MIB)
    expect(freedBy(sharing, ['sha256:unknown'])).toEqual({ bytes: 0, layers: 0, keptBytes: 0 })

    const told = await diskUsage(engine)
    for (const { id } of [one, two, base]) {
      const image = sharing.images.find((each) => each.id === id)
      const { Size = -1, SharedSize = -1 } = told.get(id) ?? {}
      near(image?.sizeBytes ?? 0, Size)
      // Podman counts as shared what an image shares with the steps of its own build.
      if (engine.kind === 'docker') near(image?.sharedBytes ?? 0, SharedSize)
    }
    const total = sharing.images.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    expect(sharing.storedBytes + sharing.savedBytes).toBe(total)

    for (const going of [[one], [base, two]]) {
      const ids = going.map(({ id }) => id)
      const expected = freedBy(await readSharing(), ids).bytes
      const before = storedBytes(engine)
      const { outcomes } = await api.images.remove({ engineId, ids })
      expect(outcomes.flatMap(({ problem }) => problem ?? [])).toEqual([])
      near(before - storedBytes(engine), expected)
      await itemsOf(
        api.images.watch({ engineId }),
        (all) => !all.some(({ id }) => ids.includes(id)),
      )
    }
  })

  test('an analysis finds what each layer adds, changes and removes, and what is wasted', async () => {
    const { tree, find, build, readAnalysis } = await open(engine)
    const { id } = await build(CHANGING)
    const { analysis, messages } = await readAnalysis(id)
    const [base, first, second, third] = analysis.layers
    expect(base?.removed).toEqual({ files: 0, bytes: 0 })
    expect(first).toMatchObject({ added: { bytes: 11 }, removed: { files: 0 } })
    expect(first?.instruction).toMatch(/^RUN mkdir/)
    expect(second).toMatchObject({
      added: { files: 1, bytes: 3 },
      changed: { files: 1, bytes: 6 },
      removed: { files: 1, bytes: 5 },
    })
    expect(third).toMatchObject({ added: { files: 1 }, removed: { files: 2, bytes: 5 } })
    expect(messages[0]).toMatchObject({ kind: 'reading' })

    const names = async (layer: number, folder: string) =>
      (await tree(id, layer, folder, true))
        // Podman leaves the places in the layer where it mounted something.
        .filter(({ name }) => !['dev', 'etc', 'proc', 'run', 'sys'].includes(name))
        .map(({ name, change }) => `${name} ${change}`)
    expect(await names(1, '')).toEqual(['folder added', 'file added'])
    expect(await names(2, '')).toEqual(['folder unchanged', 'file changed'])
    expect(await names(2, 'folder')).toEqual(['gone removed', 'y added'])
    expect(await names(3, '')).toEqual(expect.arrayContaining(['folder removed', 'private added']))
    expect(await find(id, 'all', 'folder/')).toEqual([
      '/folder/gone removed',
      '/folder/x removed',
      '/folder/y removed',
    ])
    expect(await find(id, 2, 'folder/G')).toEqual(['/folder/gone removed'])

    // dive: /file three times, /folder/gone and its whiteout, /folder as a folder that goes and as a file.
    const wasted = new Map(analysis.wasteful.map(({ path, bytes }) => [path, bytes]))
    expect(wasted.get('/folder/gone')).toBe(5)
    expect(wasted.get('/folder')).toBe(5 + 4)
    expect(wasted.get('/file')).toBeGreaterThanOrEqual(4 + 6 + 6)
    expect(analysis.wastedBytes).toBe([...wasted.values()].reduce((sum, all) => sum + all, 0))
    expect(analysis.efficiency).toBeLessThan(1)
    expect(analysis.efficiency).toBeGreaterThan(0.99)

    // What is known is told at once.
    expect((await readAnalysis(id)).messages).toEqual([{ kind: 'read', analysis }])
  })

  test('with its last layer on top an image is what a container of it holds', async () => {
    const { tree, build, readAnalysis } = await open(engine)
    const { id } = await build(CHANGING)
    const { analysis } = await readAnalysis(id)
    const walk = async (folder: string): Promise<string[]> => {
      const entries = await tree(id, analysis.layers.length - 1, folder, false)
      const there = entries.filter(({ change }) => change !== 'removed')
      const folders = there.filter(({ kind }) => kind === 'folder')
      const deeper = await Promise.all(folders.map(({ name }) => walk(`${folder}/${name}`)))
      return [...there.map((entry) => line(`${folder}/${entry.name}`, entry)), ...deeper.flat()]
    }
    const seen = (await walk('')).filter((each) => !isApart(each)).sort()
    expect(seen).toEqual((await exported(engine, await containerOf(id))).sort())
    expect(seen).toContain('file 600 0:0 6 /file')
  })

  test('the same image in an OCI archive, as skopeo makes it, has the same analysis', async () => {
    const { build, readAnalysis } = await open(engine)
    const { id, reference } = await build(CHANGING)
    const folder = mkdtempSync(join(bed.folder, 'layers-'))
    const [saved, layout] = [join(folder, 'saved.tar'), join(folder, 'oci.tar')]
    await cli(['save', '--output', saved, reference])
    execFileSync('skopeo', ['copy', `docker-archive:${saved}`, `oci-archive:${layout}`])
    const read = async (file: string) => {
      const content = await readImageArchive(createReadStream(file), new AbortController().signal)
      return analysisOf(id, content).analysis
    }
    const { analysis } = await readAnalysis(id)
    expect(await read(saved)).toEqual(analysis)
    expect(await read(layout)).toEqual(analysis)
  })

  test('who stops looking ends what the engine sends', async () => {
    const { client, api, engineId } = await open(engine)
    const { id } = await untilImage(client, engineId, called(await newImage(undefined, 32 * MIB)))
    const connections = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'PipeWrap').length
    const before = connections()
    let reading = 0
    for await (const message of await api.layers.analyse({ engineId, id })) {
      if (message.kind === 'reading' && message.bytes > 0) {
        reading = connections()
        break
      }
    }
    expect(reading).toBeGreaterThan(before)
    await waitFor('the connection to end', () => Promise.resolve(connections() <= before))
    await expect(
      api.layers.tree({ engineId, id, layer: 0, folder: '', changedOnly: false }),
    ).rejects.toMatchObject({ code: 'not-found', data: { hint: 'Analyse the image again.' } })
  })

  test('200 MB are read within 64 MB of memory', async () => {
    const { client, api, engineId } = await open(engine)
    const { id } = await untilImage(client, engineId, called(await newImage(undefined, 67 * MIB)))
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const usedBytes = () => {
      collect()
      const { heapUsed, external } = process.memoryUsage()
      return heapUsed + external
    }
    const before = usedBytes()
    let most = 0
    for await (const message of await api.layers.analyse({ engineId, id })) {
      most = Math.max(most, usedBytes() - before)
      if (message.kind === 'read') expect(message.analysis.sizeBytes).toBe(3 * 67 * MIB)
      else expect(message.totalBytes).toBeGreaterThanOrEqual(3 * 67 * MIB)
    }
    expect(most).toBeLessThan(64 * MIB)
  })

  async function containerOf(id: string): Promise<string> {
    const name = newName()
    await cli(['create', '--name', name, '--network', 'none', id, 'true'])
    onTestFinished(async () => {
      await cli(['rm', '--force', name])
    })
    return name
  }
})

async function open(engine: EngineFacts) {
  const { client, api, engineId } = await openOn(engine)

  /** An image that the engine itself builds; it goes after the test. */
  async function build(context: string | Map<string, Buffer>) {
    const reference = `localhost/${newName('layers')}:1`
    const tar = pack()
    const files = typeof context === 'string' ? new Map([['Dockerfile', context]]) : context
    for (const [name, content] of files) tar.entry({ name }, content)
    tar.finalize()
    const query = new URLSearchParams({ t: reference, networkmode: 'none', rm: '1', forcerm: '1' })
    onTestFinished(async () => {
      await engineRequest(engine, 'DELETE', `/images/${encodeURIComponent(reference)}?force=1`)
    })
    const { status, body } = await engineRequest(
      engine,
      'POST',
      `/build?${query}`,
      Readable.from(tar),
    )
    if (status !== 200 || body.includes('"error"')) throw new Error(body)
    const { id } = await untilImage(client, engineId, called(reference))
    return { reference, id }
  }

  async function readAnalysis(id: string) {
    const messages: AnalysisMessage[] = []
    for await (const message of await api.layers.analyse({ engineId, id })) messages.push(message)
    const last = messages.at(-1)
    if (last?.kind !== 'read') throw new Error('The analysis ended without a result.')
    return { analysis: last.analysis, messages }
  }

  async function readSharing(): Promise<LayerSharing> {
    for await (const message of await api.layers.sharing({ engineId })) {
      if (message.kind === 'read') return message.sharing
    }
    throw new Error('The sharing map never came.')
  }

  const tree = async (id: string, layer: number | 'all', folder: string, changedOnly: boolean) =>
    (await api.layers.tree({ engineId, id, layer, folder, changedOnly })).entries

  const find = async (id: string, layer: number | 'all', text: string) =>
    (await api.layers.find({ engineId, id, layer, text, changedOnly: true })).found.map(
      ({ path, change }) => `${path} ${change}`,
    )

  return { client, api, engineId, build, readAnalysis, readSharing, tree, find }
}

/** A folder with one file of random bytes, and what puts it on another image. */
function filesOf(name: string, bytes: number, from = 'scratch'): Map<string, Buffer> {
  return new Map([
    ['Dockerfile', Buffer.from(`FROM ${from}\nCOPY ${name} /${name}\nCMD ["${name}"]\n`)],
    [name, randomBytes(bytes)],
  ])
}

/** By image id, what the engine itself counts. */
async function diskUsage(engine: EngineFacts) {
  const { body } = await engineRequest(engine, 'GET', '/system/df')
  const { Images } = JSON.parse(body) as {
    Images: { Id: string; Size: number; SharedSize: number }[]
  }
  return new Map(Images.map((image) => [`sha256:${image.Id.replace('sha256:', '')}`, image]))
}

/** What lies in the engine's folder. */
function storedBytes({ folder }: EngineFacts): number {
  const output = execFileSync('du', ['--summarize', '--bytes', folder], { encoding: 'utf8' })
  return Number.parseInt(output, 10)
}

function line(path: string, { kind, mode, uid, gid, sizeBytes, target }: LayerEntry): string {
  const bytes = kind === 'file' ? sizeBytes : 0
  return `${kind} ${mode.toString(8)} ${uid}:${gid} ${bytes} ${path}${target && ` -> ${target}`}`
}

/** The same of everything in a container, as the engine exports it. */
async function exported({ socket }: EngineFacts, container: string): Promise<string[]> {
  const content = execFileSync('docker', ['--host', `unix://${socket}`, 'export', container], {
    maxBuffer: 64 * MIB,
  })
  const kinds = new Map([
    ['directory', 'folder'],
    ['symlink', 'symlink'],
  ])
  const lines: string[] = []
  for await (const entry of Readable.from([content]).pipe(extract())) {
    const { name, type, mode, uid, gid, size, linkname } = entry.header
    const path = `/${name.replace(/^\.?\//, '').replace(/\/$/, '')}`
    const target = linkname ? ` -> ${linkname}` : ''
    const kind = kinds.get(type) ?? 'file'
    lines.push(`${kind} ${(mode & 0o7777).toString(8)} ${uid}:${gid} ${size} ${path}${target}`)
    entry.resume()
  }
  return lines.filter((each) => !isApart(each))
}

/** What engines put into every container; and a hard link, which each tar tells in its own way. */
function isApart(each: string): boolean {
  const path = /\d (\/.*?)(?: -> .*)?$/.exec(each)?.[1] ?? '/'
  return /^\/($|(\.dockerenv|dev|proc|sys|run|hard|etc\/(hosts|hostname|resolv.conf|mtab))(\/|$))/.test(
    path,
  )
}
