import { chmod, lstat, mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { extract, type Header } from 'tar-stream'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ContextMessage } from '../../../preload/contract/builds'
import { openContext } from '../../../main/builds/context'
import { contextTar } from '../../../main/builds/contextTar'
import { inspectContext } from '../../../main/builds/inspectContext'
import { buildFolder } from '../../buildFolder'

const never = new AbortController().signal

interface Entry {
  header: Header
  content: string
}

/** What the engine finds in what is sent, by name. */
async function sent(folder: string, dockerfile = 'Dockerfile') {
  const context = await openContext({ folder, dockerfile })
  const entries = new Map<string, Entry>()
  const tar = Readable.from(contextTar(context, never, () => undefined)).pipe(extract())
  for await (const entry of tar) {
    const chunks: Buffer[] = []
    for await (const chunk of entry) chunks.push(Buffer.from(chunk as Uint8Array))
    entries.set(entry.header.name, {
      header: entry.header,
      content: Buffer.concat(chunks).toString(),
    })
  }
  return { context, entries, names: [...entries.keys()].sort() }
}

async function counted(folder: string, dockerfile = 'Dockerfile') {
  let last: ContextMessage | null = null
  for await (const message of inspectContext({ folder, dockerfile }, never)) last = message
  if (last?.kind !== 'counted') throw new Error('It was not counted to the end.')
  return last.context
}

describe('a context', () => {
  test('is sent with the modes of the disk, owned by root, links as links', async () => {
    const folder = await buildFolder({ Dockerfile: 'FROM scratch\n', 'src/run': 'run' })
    await chmod(join(folder, 'src/run'), 0o4755)
    await mkdir(join(folder, 'empty'), { mode: 0o711 })
    await symlink('/etc/passwd', join(folder, 'outside'))
    const { entries, names } = await sent(folder)
    expect(names).toEqual(['Dockerfile', 'empty/', 'outside', 'src/', 'src/run'])
    expect(entries.get('src/run')).toMatchObject({
      content: 'run',
      header: { mode: 0o4755, uid: 0, gid: 0, type: 'file', size: 3 },
    })
    expect(entries.get('empty/')?.header).toMatchObject({ type: 'directory', mode: 0o711 })
    expect(entries.get('outside')?.header).toMatchObject({
      type: 'symlink',
      linkname: '/etc/passwd',
    })
  })

  test('keeps names of any length and script, and the bytes of files at block borders', async () => {
    const long = `${'folder/'.repeat(40)}${'ü'.repeat(100)}`
    const files = {
      Dockerfile: '',
      a511: 'a'.repeat(511),
      a512: 'b'.repeat(512),
      a513: 'c'.repeat(513),
      [long]: 'x',
    }
    const { entries } = await sent(await buildFolder(files))
    for (const [name, content] of Object.entries(files))
      expect(entries.get(name)?.content).toBe(content)
  })

  test('holds the Dockerfile and .dockerignore though they are ignored', async () => {
    const folder = await buildFolder({
      Dockerfile: '',
      '.dockerignore': '*\n!keep\n',
      keep: '',
      other: '',
    })
    expect((await sent(folder)).names).toEqual(['.dockerignore', 'Dockerfile', 'keep'])
  })

  test('follows the ignore file of the Dockerfile before the folder’s, and has the engine take it out too', async () => {
    const folder = await buildFolder({
      'one.Dockerfile': '',
      'one.Dockerfile.dockerignore': 'a\n.dockerignore\none.*\n',
      '.dockerignore': 'b\n',
      a: '',
      b: '',
    })
    const { context, entries, names } = await sent(folder, 'one.Dockerfile')
    expect(context.ignoreFile).toBe(`${context.folder}/one.Dockerfile.dockerignore`)
    expect(names).toEqual(['.dockerignore', 'b', 'one.Dockerfile'])
    expect(entries.get('.dockerignore')?.content).toMatch(/^a\n\.dockerignore\none\.\*\n/)
  })

  test('takes a Dockerfile from elsewhere under a name that the engine takes out', async () => {
    const folder = await buildFolder({ a: '' })
    const elsewhere = await buildFolder({ Dockerfile: 'FROM scratch\n' })
    const { context, entries, names } = await sent(folder, join(elsewhere, 'Dockerfile'))
    expect(names).toEqual([context.dockerfileName, '.dockerignore', 'a'])
    expect(context.dockerfileName).toMatch(/^\.dockerfile\.[0-9a-f]{20}$/)
    expect(entries.get(context.dockerfileName)?.content).toBe('FROM scratch\n')
    expect(entries.get('.dockerignore')?.content.split('\n')).toEqual([
      '',
      '.dockerignore',
      context.dockerfileName,
      '',
    ])
  })

  test('finds the Dockerfile behind a link, in lower case, and outside by a relative path', async () => {
    const folder = await buildFolder({ 'sub/dockerfile': '', real: '', 'sub/a': '' })
    await symlink('real', join(folder, 'linked'))
    expect((await openContext({ folder, dockerfile: 'linked' })).dockerfileName).toBe('real')
    const sub = join(folder, 'sub')
    expect((await openContext({ folder: sub, dockerfile: 'Dockerfile' })).dockerfileName).toBe(
      'dockerfile',
    )
    const outside = await openContext({ folder: sub, dockerfile: '../real' })
    expect(outside.replaced.has(outside.dockerfileName)).toBe(true)
    expect((await openContext({ folder: sub, dockerfile: 'none' })).dockerfile).toBeNull()
  })

  test('is counted: what goes, what does not, the largest files first', async () => {
    const folder = await buildFolder({
      Dockerfile: 'ARG V=1\nFROM a:${V} AS one\nARG W\nFROM one\nARG V\n',
      '.dockerignore': 'node_modules\n*.log\n',
      'node_modules/a/index.js': 'x',
      'x.log': 'x',
      small: 'x',
      large: 'x'.repeat(10_000),
    })
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(join(folder, 'socket'), resolve))
    onTestFinished(async () => {
      await new Promise((resolve) => server.close(resolve))
    })
    const facts = await counted(folder)
    const bytes = async (name: string) => (await lstat(join(folder, name))).size
    expect(facts).toMatchObject({
      files: 4,
      bytes: 10_001 + (await bytes('Dockerfile')) + (await bytes('.dockerignore')),
      ignored: 2,
      skipped: ['socket'],
      unreadable: [],
      dockerfile: {
        stages: [
          { name: 'one', base: 'a:${V}' },
          { name: '1', base: 'one' },
        ],
        arguments: [
          { name: 'V', defaultValue: '1' },
          { name: 'W', defaultValue: null },
        ],
      },
    })
    expect(facts.largest[0]).toEqual({ path: 'large', bytes: 10_000 })
  })

  test('without a Dockerfile is counted all the same', async () => {
    expect(await counted(await buildFolder({ a: '' }))).toMatchObject({
      files: 1,
      dockerfile: null,
      ignoreFile: null,
    })
  })

  test('that is no folder, or not there, is told in words', async () => {
    const folder = await buildFolder({ a: '' })
    await expect(counted(join(folder, 'none'))).rejects.toMatchObject({ code: 'not-found' })
    await expect(counted(join(folder, 'a'))).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('whose file becomes shorter while it is sent fails with its name', async () => {
    const folder = await buildFolder({ Dockerfile: '' })
    await writeFile(join(folder, 'shrinks'), Buffer.alloc(1024 * 1024))
    const context = await openContext({ folder, dockerfile: 'Dockerfile' })
    const sending = async () => {
      for await (const chunk of contextTar(context, never, () => undefined)) {
        if (chunk.length > 512) await truncate(join(folder, 'shrinks'), 300_000)
      }
    }
    await expect(sending()).rejects.toThrow(/shrinks" became shorter/)
  })

  test('whose file goes while it is sent fails with its name, and a signal ends it', async () => {
    const folder = await buildFolder({ Dockerfile: '', goes: 'x' })
    const context = await openContext({ folder, dockerfile: 'Dockerfile' })
    const chunks = contextTar(context, never, () => undefined)
    await chunks.next()
    const abort = new AbortController()
    abort.abort()
    const ended = contextTar(context, abort.signal, () => undefined)
    await expect(ended.next()).rejects.toMatchObject({ name: 'AbortError' })
    await rm(join(folder, 'goes'))
    await expect(Readable.from(chunks).toArray()).rejects.toThrow(/goes/)
  })
})
