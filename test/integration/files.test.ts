import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { LOSES_OWNER, REPLACES, type FilesTarget } from '../../preload/contract/files'
import { HELPER_LABEL } from '../../main/files/helperLabel'
import { firstOf, itemsOf } from '../client'
import { maker } from '../e2e/things'
import { filesOf, newVolume } from '../files'
import { endOf, openOn } from '../images'

const bed = inject('bed')

/** Everything that a name or a kind can be, made by the container itself. */
const HOSTILE = [
  'cd /tmp',
  'touch -- -rf " lead" "$(printf "line\\nbreak")" "$(printf "bad\\377")" "<img src=x>"',
  'chmod 4755 -- -rf',
  'ln -s ../../../etc/passwd up; ln -s /etc abs; ln -s nowhere lost',
  'mknod dev c 1 3; mkfifo pipe',
  'mkdir -p sub/deep; printf 123 >sub/deep/file; chown 5:6 sub/deep/file; chmod 640 sub/deep/file',
].join('; ')
const THEN_WAIT = `${HOSTILE}; echo made; trap 'exit 0' TERM; sleep 1000 & wait`

describe.each(bed.engines)('files on $kind', (engine) => {
  const { cli, run, create, idOf } = maker(engine, bed.busybox)
  const tellsOwners = engine.kind === 'docker'

  async function open(targetOf: { container: string } | { volume: string }) {
    const { client, api, engineId } = await openOn(engine)
    const target: FilesTarget =
      'container' in targetOf
        ? { engineId, containerId: await idOf(targetOf.container) }
        : { engineId, volume: targetOf.volume }
    return { client, api, engineId, target, ...filesOf(client, target) }
  }

  /** A container that has made its files. */
  async function hostile(options: string[] = []): Promise<string> {
    const name = await run(options, ['sh', '-c', THEN_WAIT])
    await expect.poll(() => cli(['logs', name])).toContain('made')
    return name
  }

  async function folderHere(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'longshore-files-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    return folder
  }

  const expected = {
    '-rf': { kind: 'file', mode: 0o4755, sizeBytes: 0 },
    ' lead': { kind: 'file', inexact: false },
    'line\nbreak': { kind: 'file' },
    'bad\ufffd': { kind: 'file', inexact: true },
    '<img src=x>': { kind: 'file' },
    up: { kind: 'link', linkTarget: '../../../etc/passwd' },
    abs: { kind: 'link', linkTarget: '/etc' },
    lost: { kind: 'link', linkTarget: 'nowhere' },
    dev: { kind: 'device' },
    pipe: { kind: 'fifo' },
    sub: { kind: 'folder', mode: 0o755 },
  }

  test('a running container tells its entries itself, whatever their names', async () => {
    const { list, entries } = await open({ container: await hostile() })
    const folder = await list('/tmp')
    expect(folder).toMatchObject({ way: 'programs', path: '/tmp', leftOut: 0, incomplete: false })
    expect(await entries('/tmp')).toMatchObject(expected)
    expect(folder.entries).toHaveLength(Object.keys(expected).length)
    expect(await entries('/tmp/sub/deep')).toMatchObject({
      file: { kind: 'file', sizeBytes: 3, mode: 0o640, uid: 5, gid: 6, user: null },
    })
    expect((await entries('/'))['etc']).toMatchObject({ uid: 0, user: 'root', group: 'root' })
    // Through a link, and what only its own processes see.
    expect(Object.keys(await entries('/tmp/abs'))).toContain('passwd')
    expect(Object.keys(await entries('/proc'))).toContain('self')
  })

  test('a stopped container has the same, out of one archive that answers for deeper folders', async () => {
    const name = await hostile()
    await cli(['stop', '--time', '5', name])
    const { list, entries } = await open({ container: name })
    expect(await entries('/tmp')).toMatchObject(expected)
    const top = await list('/tmp', { fresh: true })
    expect(top).toMatchObject({ way: 'archive', incomplete: false })
    expect(top.readBytes).toBeGreaterThan(0)
    const deep = await list('/tmp/sub/deep')
    expect(deep.readAt).toBe(top.readAt)
    expect(deep.entries).toMatchObject([
      { name: 'file', sizeBytes: 3, mode: 0o640, uid: tellsOwners ? 5 : null },
    ])
    expect((await list('/tmp/abs')).path).toBe('/etc')
  })

  test('a container without programs is read out of an archive too', async () => {
    const name = await hostile()
    await cli(['exec', name, 'rm', '/bin/find'])
    const { list } = await open({ container: name })
    expect(await list('/tmp/sub')).toMatchObject({ way: 'archive', entries: [{ name: 'deep' }] })
  })

  test('what is not there, and what is no folder, is said', async () => {
    for (const container of [await hostile(), await create()]) {
      const { list, api, target } = await open({ container })
      await expect(list('/nowhere')).rejects.toMatchObject({ code: 'not-found' })
      await expect(list('/etc/passwd')).rejects.toMatchObject({ code: 'invalid-input' })
      await expect(api.files.preview({ target, path: '/nowhere' })).rejects.toMatchObject({
        code: 'not-found',
      })
    }
  })

  test('paths that lead up, or are none, are refused before anything is asked', async () => {
    const { api, target } = await open({ container: await create() })
    for (const path of ['etc', '/../etc', '/a/../../b', '/a\0b', '']) {
      await expect(api.files.preview({ target, path })).rejects.toMatchObject({
        code: 'invalid-input',
      })
    }
    for (const name of ['..', '.', 'a/b', '', 'a\0']) {
      await expect(api.files.makeFolder({ target, folder: '/tmp', name })).rejects.toMatchObject({
        code: 'invalid-input',
      })
    }
    // What looks like a query is a name.
    await expect(api.files.preview({ target, path: '/x&path=/etc/passwd' })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('a volume is browsed through a helper that no list shows, and that goes with the page', async () => {
    const volume = await newVolume(engine)
    const user = await run(['--volume', `${volume}:/data`])
    await cli(['exec', user, 'sh', '-c', 'mkdir /data/sub; printf hello >/data/sub/file'])
    const { api, engineId, target, list, text, client } = await open({ volume })
    const helpers = () => cli(['ps', '--all', '--quiet', '--filter', `label=${HELPER_LABEL}=files`])

    const watching = new AbortController()
    const facts = await api.files.watch({ target }, { signal: watching.signal })
    for await (const now of facts) {
      expect(now).toEqual({ running: false, readOnlyRoot: false, mounts: [] })
      const [helper = '', ...others] = (await helpers()).split('\n')
      expect(others).toEqual([])
      expect(await list('/')).toMatchObject({ path: '/', entries: [{ name: 'sub' }] })
      expect(await text('/sub/file')).toBe('hello')
      const listed = await itemsOf(api.containers.watch({ engineId }), (all) => all.length > 0)
      expect(listed.map(({ id }) => id.slice(0, 12))).not.toContain(helper)
      const images = await itemsOf(api.images.watch({ engineId }), (all) => all.length > 0)
      expect(images.flatMap(({ references }) => references).join(' ')).not.toContain('helper')
      // Somebody tidies up behind our back.
      await cli(['rm', '--force', helper])
      expect(await text('/sub/file')).toBe('hello')
      break
    }
    watching.abort()
    await expect.poll(helpers).toBe('')
    await client.close()
  })

  test('texts and pictures are shown, of anything else the first bytes', async () => {
    const name = await hostile()
    await cli([
      ...['exec', name, 'sh', '-c'],
      [
        'printf "\\211PNG\\r\\n\\032\\nxx" >/tmp/picture',
        'printf "<svg xmlns=\\"http://www.w3.org/2000/svg\\"/>" >/tmp/picture.svg',
        'printf "a\\000b" >/tmp/binary',
        // 700,000 bytes: more than is shown, cut within a character.
        'yes "ä€" | head -c 700000 >/tmp/long',
        'printf "one\\r\\ntwo" >/tmp/windows',
      ].join('; '),
    ])
    const { api, target } = await open({ container: name })
    const preview = async (path: string) => (await api.files.preview({ target, path })).content
    expect(await preview('/tmp/picture')).toMatchObject({ kind: 'picture', type: 'image/png' })
    expect(await preview('/tmp/picture.svg')).toMatchObject({
      kind: 'picture',
      type: 'image/svg+xml',
    })
    expect(await preview('/tmp/binary')).toEqual({ kind: 'binary', base64: 'YQBi' })
    const long = await preview('/tmp/long')
    expect(long).toMatchObject({ kind: 'text', truncated: true, version: null })
    expect(long.kind === 'text' && long.text).not.toContain('\ufffd')
    expect(await preview('/tmp/windows')).toMatchObject({ text: 'one\r\ntwo', truncated: false })
    expect(await preview('/tmp/sub')).toEqual({ kind: 'none' })
    expect(await preview('/tmp/pipe')).toEqual({ kind: 'none' })
    expect((await preview('/proc/1/cmdline')).kind).toBe('binary')
    expect((await api.files.preview({ target, path: '/tmp/up' })).path).toBe('/etc/passwd')
  })

  test('a text is saved: mode and owner stay, line ends too, and nobody’s work is lost', async () => {
    const name = await hostile()
    const { api, target, text } = await open({ container: name })
    const path = '/tmp/sub/deep/file'
    const opened = await api.files.preview({ target, path })
    if (opened.content.kind !== 'text') throw new Error('It is a text.')
    const { version } = opened.content
    const saved = await api.files.save({ target, path, text: 'one\r\ntwo', expected: version })
    expect(await cli(['exec', name, 'stat', '-c', '%u:%g %a %s', path])).toBe('5:6 640 8')
    // The next save begins with what was saved.
    await api.files.save({ target, path, text: 'three\n', expected: saved })

    await cli(['exec', name, 'sh', '-c', `printf theirs >${path}`])
    const late = { target, path, text: 'mine', expected: saved }
    await expect(api.files.save(late)).rejects.toMatchObject({ code: 'conflict' })
    expect(await text(path)).toBe('theirs')
    await api.files.save({ ...late, replace: true })
    expect(await text(path)).toBe('mine')

    // Keep both: under a name that is not taken.
    const copy = { target, path: '/tmp/sub/deep/-rf', text: 'mine', expected: null }
    await api.files.save(copy)
    await expect(api.files.save(copy)).rejects.toMatchObject({
      code: 'confirmation-needed',
      data: { dangers: [REPLACES] },
    })
    expect(await text('/tmp/sub/deep/-rf')).toBe('mine')

    await cli(['exec', name, 'rm', path])
    await expect(api.files.save(late)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('saving where nobody tells the owner is asked first', async () => {
    const volume = await newVolume(engine)
    const user = await run(['--volume', `${volume}:/data`])
    await cli(['exec', user, 'sh', '-c', 'printf a >/data/file; chown 5:6 /data/file'])
    const { api, target } = await open({ volume })
    const input = { target, path: '/file', text: 'b', expected: null, replace: true }
    if (!tellsOwners) {
      await expect(api.files.save(input)).rejects.toMatchObject({
        code: 'confirmation-needed',
        data: { dangers: [LOSES_OWNER] },
      })
    }
    await api.files.save({ ...input, acceptRoot: true })
    const owner = tellsOwners ? '5:6' : '0:0'
    expect(await cli(['exec', user, 'stat', '-c', '%u:%g', '/data/file'])).toBe(owner)
  })

  test('folders are made, entries renamed and removed by the container itself', async () => {
    const name = await hostile()
    const { api, target, entries } = await open({ container: name })
    await api.files.makeFolder({ target, folder: '/tmp/sub', name: '-new' })
    await expect(
      api.files.makeFolder({ target, folder: '/tmp/sub', name: '-new' }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await api.files.rename({ target, path: '/tmp/-rf', name: '--help' })
    await expect(
      api.files.rename({ target, path: '/tmp/--help', name: ' lead' }),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(await api.files.measure({ target, paths: ['/tmp/sub', '/tmp/--help'] })).toEqual({
      files: 2,
      folders: 3,
      bytes: 3,
      complete: true,
    })
    await api.files.remove({ target, paths: ['/tmp/--help', '/tmp/sub', '/tmp/abs'] })
    const left = await entries('/tmp')
    expect(Object.keys(left)).not.toContain('--help')
    expect(Object.keys(left)).not.toContain('sub')
    // The link went, not what it leads to.
    expect(Object.keys(await entries('/etc'))).toContain('passwd')
    await cli(['exec', name, 'rm', '/bin/rm'])
    await expect(api.files.remove({ target, paths: ['/tmp/up'] })).rejects.toMatchObject({
      code: 'conflict',
      message: 'This container has no program "rm".',
    })
  })

  test('a stopped container takes folders and files, and says why it gives none away', async () => {
    const { api, target, entries, upload } = await open({ container: await create() })
    await api.files.makeFolder({ target, folder: '/tmp', name: 'new' })
    await upload('/tmp/new', { file: 'content' })
    expect(await entries('/tmp/new')).toMatchObject({ file: { sizeBytes: 7, mode: 0o644 } })
    for (const changing of [
      () => api.files.remove({ target, paths: ['/tmp/new'] }),
      () => api.files.rename({ target, path: '/tmp/new', name: 'old' }),
    ]) {
      await expect(changing()).rejects.toMatchObject({
        code: 'conflict',
        message: 'The container does not run.',
      })
    }
  })

  test('a volume is changed by the program of an image that the person chose', async () => {
    const volume = await newVolume(engine)
    const { api, engineId, target, entries, upload } = await open({ volume })
    await upload('/', { '-rf': 'a', keep: 'b' })
    const [{ id: toolImage } = {}] = await api.files.toolImages({ engineId })
    expect(toolImage).toMatch(/^sha256:/)
    await expect(api.files.remove({ target, paths: ['/-rf'] })).rejects.toMatchObject({
      code: 'confirmation-needed',
    })
    await api.files.rename({ target, path: '/-rf', name: 'renamed', toolImage })
    expect(Object.keys(await entries('/'))).toEqual(['keep', 'renamed'])
    await api.files.remove({ target, paths: ['/renamed'], toolImage })
    expect(Object.keys(await entries('/'))).toEqual(['keep'])
    await expect.poll(() => cli(['ps', '-aq', '--filter', `label=${HELPER_LABEL}`])).toBe('')
  })

  test('what is read-only is never written, and what is mounted never taken away', async () => {
    const volume = await newVolume(engine)
    const name = await run(['--read-only', '--volume', `${volume}:/data:ro`])
    const { api, target, upload } = await open({ container: name })
    await expect(upload('/data', { file: 'x' })).rejects.toMatchObject({
      code: 'conflict',
      message: 'What is mounted at "/data" can only be read here.',
    })
    await expect(upload('/tmp', { file: 'x' })).rejects.toMatchObject({
      code: 'conflict',
      message: "The container's own files can only be read.",
    })
    await expect(
      api.files.save({ target, path: '/etc/passwd', text: '', expected: null, replace: true }),
    ).rejects.toMatchObject({ code: 'conflict' })
    const mounted = await run(['--volume', `${volume}:/data/inner`])
    const writable = await open({ container: mounted })
    await expect(
      writable.api.files.remove({ target: writable.target, paths: ['/data'] }),
    ).rejects.toMatchObject({ message: '"/data/inner" is mounted from outside.' })
    const facts = await firstOf(writable.api.files.watch({ target: writable.target }), () => true)
    expect(facts.mounts).toMatchObject([{ path: '/data/inner', source: volume, readOnly: false }])
  })

  test('what can be done changes when the container starts and ends', async () => {
    const name = await create()
    const { api, target } = await open({ container: name })
    const states: boolean[] = []
    for await (const { running } of await api.files.watch({ target })) {
      states.push(running)
      if (states.length === 1) await cli(['start', name])
      else if (running) await cli(['stop', '--time', '5', name])
      else break
    }
    expect(states).toEqual([false, true, false])
  })

  test('what changed since the image is told', async () => {
    const name = await hostile()
    await cli(['exec', name, 'rm', '/www/index.html'])
    const { api, target } = await open({ container: name })
    const { changes } = await api.files.changes({ target })
    const of = (path: string) => changes.find((each) => each.path === path)?.change
    expect(of('/tmp')).toBe('changed')
    expect(of('/tmp/sub/deep/file')).toBe('added')
    expect(of('/www/index.html')).toBe('deleted')
  })

  test('files are uploaded in pieces, with their folders; what is there is asked for first', async () => {
    const name = await hostile()
    const { api, target, text, upload, entries } = await open({ container: name })
    await cli(['exec', name, 'chown', '7:8', '/tmp/sub'])
    const big = Buffer.alloc(1_000_003, 'longshore ')
    await upload(
      '/tmp/sub',
      { 'a/-big': big, 'a/empty': '', 'a/ä€': 'text' },
      {
        items: [
          { kind: 'folder', path: 'a' },
          { kind: 'file', path: 'a/-big', sizeBytes: big.length, modifiedAt: 1_600_000_000_000 },
          { kind: 'file', path: 'a/empty', sizeBytes: 0, modifiedAt: 1_600_000_000_000 },
          { kind: 'file', path: 'a/ä€', sizeBytes: 4, modifiedAt: 1_600_000_000_000 },
        ],
      },
    )
    expect(await entries('/tmp/sub/a')).toMatchObject({
      '-big': { sizeBytes: big.length, mode: 0o644, uid: 7, gid: 8, modifiedAt: 1_600_000_000_000 },
      empty: { sizeBytes: 0 },
    })
    expect(await text('/tmp/sub/a/ä€')).toBe('text')
    await expect(upload('/tmp/sub/a', { empty: 'now' })).rejects.toMatchObject({
      code: 'confirmation-needed',
      data: { dangers: [REPLACES, 'empty'] },
    })
    await upload(
      '/tmp/sub/a',
      { empty: 'now' },
      { replace: true, owner: { uid: 1, gid: 2 }, fileMode: 0o600 },
    )
    expect(await entries('/tmp/sub/a')).toMatchObject({
      empty: { sizeBytes: 3, mode: 0o600, uid: 1, gid: 2 },
    })
    await expect(upload('/tmp', { sub: 'a file' }, { replace: true })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await api.files.preview({ target, path: '/tmp/sub/a/-big' })).sizeBytes).toBe(
      big.length,
    )
  })

  test('an upload that its page leaves ends, and no more of it is taken', async () => {
    const { api, target } = await open({ container: await hostile() })
    const items = [{ kind: 'file' as const, path: 'big', sizeBytes: 10_000_000, modifiedAt: 0 }]
    const stream = api.files.upload({ target, folder: '/tmp', items, replace: false, owner: null })
    const { uploadId } = await firstOf(
      stream.then((messages) => messages as AsyncIterable<{ uploadId: string | null }>),
      (message) => message.uploadId !== null,
    )
    await expect(
      api.files.uploadPiece({ uploadId: uploadId ?? '', base64: 'YWJj' }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a file is downloaded as it is, a folder as a tar or unpacked', async () => {
    const name = await hostile()
    const { api, client, target } = await open({ container: name })
    const here = await folderHere()
    const download = async (
      path: string,
      as: 'file' | 'tar' | 'folder',
      file: string,
      overwrite = false,
    ) => {
      const { jobId } = await api.files.download({
        target,
        path,
        as,
        file: join(here, file),
        overwrite,
      })
      return endOf(client, jobId)
    }
    const job = await download('/tmp/sub/deep/file', 'file', 'file')
    expect(job).toMatchObject({ state: 'succeeded', result: { kind: 'download', bytes: 3 } })
    expect(await readFile(join(here, 'file'), 'utf8')).toBe('123')
    await expect(download('/tmp/sub/deep/file', 'file', 'file')).rejects.toMatchObject({
      code: 'confirmation-needed',
    })
    expect((await download('/tmp/sub', 'tar', 'sub.tar')).state).toBe('succeeded')
    expect((await stat(join(here, 'sub.tar'))).size).toBeGreaterThan(1024)

    const unpacked = await download('/tmp', 'folder', 'tmp')
    if (unpacked.result?.kind !== 'download') throw new Error(JSON.stringify(unpacked.problem))
    // Devices, a pipe and links that lead out were left out, and nobody's rights came along.
    const { refused } = unpacked.result
    expect(refused.map((line) => line.replace(/:.*/, '')).sort()).toEqual([
      'abs',
      'dev',
      'pipe',
      'up',
    ])
    expect(await readFile(join(here, 'tmp/sub/deep/file'), 'utf8')).toBe('123')
    expect((await stat(join(here, 'tmp/-rf'))).mode & 0o7777).toBe(0o700)
    expect((await stat(join(here, 'tmp/sub/deep/file'))).mode & 0o7777).toBe(0o600)
    await expect(download('/tmp', 'folder', 'tmp')).rejects.toMatchObject({ code: 'conflict' })
    expect(await readdir(here)).toEqual(['file', 'sub.tar', 'tmp'])
  })
})
