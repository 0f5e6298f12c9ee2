import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { shakeHands, type EngineLink } from '../../main/engines/handshake'
import { openTransport } from '../../main/engines/transport'
import { Failure } from '../../main/errors'
import { readTar, type EachEntry } from '../../main/streams/readTar'
import { withContent } from '../../main/volumes/content'
import { archiveSize, engineSize } from '../../main/volumes/measure'
import type { Job } from '../../preload/contract/jobs'
import type { MeasureMessage, Volume } from '../../preload/contract/volumes'
import { firstOf, itemsOf } from '../client'
import { maker, newName } from '../e2e/things'
import { endOf, openOn } from '../images'

const bed = inject('bed')
/** None that is given it should take as long as all tests together. */
const TIME = AbortSignal.timeout(10 * 60_000)

/** Something of each kind that a volume may hold. */
const FILL = `
mkdir -p /v/folder/deeper /v/empty
echo hello > /v/folder/file
chown 1234:2345 /v/folder/file
chmod 640 /v/folder/file
ln /v/folder/file /v/folder/hard
echo run > /v/suid
chown 11:12 /v/suid
chmod 6751 /v/suid
ln -s ../folder/file /v/folder/deeper/relative
ln -s /etc/passwd /v/absolute
mkfifo /v/pipe
dd if=/dev/urandom of=/v/random bs=1024 count=100 2>/dev/null
echo name > "/v/$(printf 'x%.0s' $(seq 1 200))"
echo name > '/v/ünï code'
chown 7:8 /v/empty
chmod 1777 /v/empty
touch -d '2001-02-03 04:05:06' /v/folder/file /v/folder
chown 33:44 /v
chmod 2750 /v
`
/** Every entry with kind, mode, owners, size, links, time of files and target; content by its sum. */
const LIST = `cd /v; find . | sort | while read -r f; do
  if [ -f "$f" ]; then sum=$(md5sum < "$f"); else sum=; fi
  if [ -d "$f" ]; then size=; else size=$(stat -c '%s %Y' "$f"); fi
  echo "$f $(stat -c '%f %u %g %h' "$f") $size $(readlink "$f") $sum"
done`

describe.each(bed.engines)('volumes of $kind', (engine) => {
  const { cli, run, create, removeLater } = maker(engine, bed.busybox)

  async function open() {
    const opened = await openOn(engine)
    const { api, engineId } = opened
    const untilAll = (fit: (all: Volume[]) => boolean) =>
      itemsOf(api.volumes.watch({ engineId }), fit)
    async function until(id: string, fits: (volume: Volume) => boolean = () => true) {
      const found = (all: Volume[]) => all.find((each) => each.id === id && fits(each))
      const volume = found(await untilAll((all) => found(all) !== undefined))
      if (!volume) throw new Error('unreachable')
      return volume
    }
    async function ended(started: Promise<{ jobId: string }>): Promise<Job> {
      return endOf(opened.client, (await started).jobId)
    }
    return { ...opened, until, untilAll, ended }
  }

  function goLater(name: string): string {
    onTestFinished(async () => {
      await cli(['volume', 'rm', '--force', name]).catch(() => undefined)
    })
    return name
  }

  async function newVolume(options: string[] = [], name = newName('volume')): Promise<string> {
    goLater(name)
    await cli(['volume', 'create', ...options, name])
    return name
  }

  async function within(volume: string, script: string): Promise<string> {
    const name = newName()
    removeLater(name)
    return cli([
      ...['run', '--name', name, '--network', 'none', '--volume', `${volume}:/v`],
      ...[bed.busybox, 'sh', '-c', script],
    ])
  }

  async function filledVolume(): Promise<string> {
    const name = await newVolume()
    await within(name, FILL)
    return name
  }

  async function newLink(): Promise<EngineLink> {
    const link = await shakeHands(openTransport({ protocol: 'unix', path: engine.socket }), TIME)
    onTestFinished(() => link.client.close())
    return link
  }

  function newFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'longshore-volumes-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    return folder
  }

  test('appear and vanish with what another client does, with what is told of them', async () => {
    const { until, untilAll } = await open()
    const name = await newVolume([
      ...['--label', 'a=b', '--label', 'com.docker.compose.project=shop'],
      ...(engine.kind === 'docker' ? [] : ['--opt', 'o=uid=5']),
    ])
    expect(await until(name)).toMatchObject({
      driver: 'local',
      mountpoint: expect.stringContaining(name) as string,
      labels: { a: 'b' },
      scope: 'local',
      anonymous: false,
      composeProject: 'shop',
      usedBy: [],
      size: null,
    })
    await cli(['volume', 'rm', name])
    await untilAll((all) => all.every(({ id }) => id !== name))
  })

  test('know who uses them: running, stopped and anonymous ones', async () => {
    const { api, engineId, until } = await open()
    const named = await newVolume()
    const container = await run(['--volume', `${named}:/data:ro`, '--volume', '/scratch'])
    const id = await cli(['inspect', '--format', '{{.Id}}', container])
    const { usedBy } = await until(named, (volume) => volume.usedBy.length > 0)
    expect(usedBy).toEqual([id])
    const [item] = await itemsOf(api.containers.watch({ engineId }), (all) =>
      all.some((each) => each.id === id && each.mounts.length === 2),
    ).then((all) => all.filter((each) => each.id === id))
    const scratch = item?.mounts.find(({ destination }) => destination === '/scratch')
    expect(await until(scratch?.name ?? '', ({ anonymous }) => anonymous)).toMatchObject({
      usedBy: [id],
    })
    await cli(['kill', container])
    expect((await until(named)).usedBy).toEqual([id])
    await cli(['rm', '--force', container])
    await until(named, (volume) => volume.usedBy.length === 0)
  })

  test('are made with driver options and labels; a name that is taken is refused', async () => {
    const { api, engineId, until } = await open()
    const name = goLater(newName('volume'))
    const options = [
      { name: 'type', value: 'tmpfs' },
      { name: 'device', value: 'tmpfs' },
    ]
    const labels = [{ name: 'token', value: 'hush' }]
    expect(await api.volumes.create({ engineId, name, options, labels })).toEqual({ id: name })
    expect(await until(name)).toMatchObject({
      options: { type: 'tmpfs', device: 'tmpfs' },
      labels: { token: 'hush' },
    })
    await expect(api.volumes.create({ engineId, name })).rejects.toMatchObject({ code: 'conflict' })
    const { id } = await api.volumes.create({ engineId })
    goLater(id)
    expect(await until(id)).toMatchObject({ anonymous: true })
  })

  test('with a name, a driver or options that cannot be are refused in words', async () => {
    const { api, engineId } = await open()
    await expect(api.volumes.create({ engineId, name: '../x' })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    const name = goLater(newName('volume'))
    // Docker asks for a plugin again and again, for 15 seconds.
    if (engine.kind === 'podman') {
      await expect(api.volumes.create({ engineId, name, driver: 'nope' })).rejects.toMatchObject({
        code: 'invalid-input',
        message: 'The engine has no volume driver "nope".',
      })
    }
    const options = [{ name: 'bogus', value: '1' }]
    await expect(api.volumes.create({ engineId, name, options })).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'The driver does not take these options.',
    })
  })

  test('are inspected with secrets masked until they are asked for', async () => {
    const { api, engineId } = await open()
    // How a Windows share is mounted: never mounted here, for nothing uses it.
    const share = ['type=cifs', 'device=//10.0.0.1/share', 'o=addr=10.0.0.1,password=hush']
    const id = await newVolume([
      ...['--label', 'db_password=hush', '--label', 'plain=seen'],
      ...share.flatMap((option) => ['--opt', option]),
    ])
    const masked = await api.volumes.inspect({ engineId, id })
    expect(JSON.stringify(masked)).not.toContain('hush')
    expect(masked.labels).toContainEqual({ name: 'plain', value: 'seen', masked: false })
    expect(masked.labels.find(({ name }) => name === 'db_password')?.masked).toBe(true)
    expect(masked.options.find(({ name }) => name === 'o')?.masked).toBe(true)
    const shown = await api.volumes.inspect({ engineId, id, reveal: true })
    expect(shown.inspectJson.match(/hush/g)).toHaveLength(2)
  })

  test('one and many are removed; one in use is refused with its containers named', async () => {
    const { api, engineId, untilAll } = await open()
    const [free, other, used] = [await newVolume(), await newVolume(), await newVolume()]
    const container = newName()
    removeLater(container)
    await cli(['create', '--name', container, '--volume', `${used}:/data`, bed.busybox, 'true'])
    const { outcomes } = await api.volumes.remove({ engineId, ids: [free, used, other] })
    const of = (id: string) => outcomes.find((each) => each.id === id)
    expect(of(free)).toEqual({ id: free, changed: true })
    expect(of(other)).toEqual({ id: other, changed: true })
    expect(of(used)?.problem).toMatchObject({
      code: 'conflict',
      message: `The container ${container} uses it.`,
    })
    await untilAll((all) => {
      const ids = all.map(({ id }) => id)
      return !ids.includes(free) && !ids.includes(other) && ids.includes(used)
    })
    const again = await api.volumes.remove({ engineId, ids: [free] })
    expect(again.outcomes[0]?.problem?.code).toBe('not-found')
  })

  test('a prune takes what was shown and is still unused, and tells what that freed', async () => {
    const { api, engineId, ended } = await open()
    const [going, used, later] = [await filledVolume(), await newVolume(), await newVolume()]
    await cli(['rm', '--force', ...(await usersOf(going))])
    await create()
    const container = newName()
    removeLater(container)
    await cli(['create', '--name', container, '--volume', `${used}:/data`, bed.busybox, 'true'])
    const job = await ended(api.volumes.prune({ engineId, ids: [going, used] }))
    expect(job).toMatchObject({ state: 'succeeded', problem: null })
    expect(job.result).toMatchObject({
      kind: 'pruneVolumes',
      removed: 1,
      unmeasured: 0,
      kept: [{ id: used, reason: 'in-use', detail: container }],
    })
    expect(job.result?.kind === 'pruneVolumes' && job.result.freedBytes).toBeGreaterThan(100 * 1024)
    const left = await cli(['volume', 'ls', '--quiet'])
    expect(left).not.toContain(going)
    expect(left).toContain(later)
  })

  async function usersOf(volume: string): Promise<string[]> {
    return (await cli(['ps', '--all', '--quiet', '--filter', `volume=${volume}`])).split('\n')
  }

  test('are measured when asked to, alike in every way, and the list knows it', async () => {
    const { api, engineId, until } = await open()
    const id = await filledVolume()
    const before = Date.now()
    const messages: MeasureMessage[] = []
    for await (const message of await api.volumes.measure({ engineId, ids: [id] })) {
      messages.push(message)
    }
    expect(messages[0]).toMatchObject({ kind: 'reading', of: 1 })
    expect(messages.at(-1)).toEqual({ kind: 'read', done: 1, problems: [] })
    const { size } = await until(id, (volume) => volume.size !== null)
    expect(size).toMatchObject({ source: 'folder' })
    expect(size?.measuredAt).toBeGreaterThanOrEqual(before)
    // The link of two names counts once; two of the names are five bytes long each.
    const apparent = 100 * 1024 + 6 + 5 + 5 + 4
    expect(size?.apparentBytes).toBe(apparent)
    expect(size?.allocatedBytes).toBeGreaterThanOrEqual(100 * 1024)
    const link = await newLink()
    let counted = 0
    const progress = {
      count: (bytes: number) => (counted += bytes),
      signal: TIME,
    }
    expect(await archiveSize(link, id, progress)).toMatchObject({
      apparentBytes: apparent,
      entries: size?.entries,
    })
    expect(counted).toBe(apparent)
    const told = await engineSize(link, id, { count: () => undefined, signal: progress.signal })
    expect(told.apparentBytes).toBeGreaterThanOrEqual(apparent)
  })

  test('a measuring tells what could not be measured, and ends when nobody looks', async () => {
    const { api, engineId } = await open()
    const ids = ['there-is-none', await newVolume()]
    const read = await firstOf(
      api.volumes.measure({ engineId, ids }),
      ({ kind }) => kind === 'read',
    )
    expect(read).toMatchObject({
      done: 1,
      problems: [{ id: 'there-is-none', problem: { code: 'not-found' } }],
    })
    const stream = await api.volumes.measure({ engineId, ids })
    for await (const message of stream) {
      expect(message.kind).toBe('reading')
      break
    }
  })

  test('are backed up and restored identically', async () => {
    const { api, engineId, ended } = await open()
    const id = await filledVolume()
    for (const name of ['copy.tar', 'copy.tar.gz']) {
      const file = join(newFolder(), name)
      const backup = await ended(api.volumes.backup({ engineId, id, file, overwrite: false }))
      expect(backup.problem).toBeNull()
      expect(backup.result).toMatchObject({ kind: 'backup', moving: [], ownersLost: false })
      await expect(
        api.volumes.backup({ engineId, id, file, overwrite: false }),
      ).rejects.toMatchObject({ code: 'confirmation-needed' })
      const copy = goLater(newName('volume'))
      const restore = await ended(
        api.volumes.restore({ engineId, file, id: copy, intoExisting: false }),
      )
      expect(restore.problem).toBeNull()
      expect(restore.result).toMatchObject({ kind: 'restore', id: copy, entries: 12 })
      expect(await within(copy, LIST)).toBe(await within(id, LIST))
    }
  })

  test('are cloned identically, owners and links kept, without compose’s labels', async () => {
    const { api, engineId, ended, until } = await open()
    const id = await newVolume(['--label', 'a=b', '--label', 'com.docker.compose.project=shop'])
    await within(id, FILL)
    const name = goLater(newName('volume'))
    const clone = await ended(api.volumes.clone({ engineId, id, name }))
    expect(clone.problem).toBeNull()
    expect(clone.result).toMatchObject({ kind: 'clone', id: name, moving: [], ownersLost: false })
    expect(await within(name, LIST)).toBe(await within(id, LIST))
    expect(await until(name)).toMatchObject({ labels: { a: 'b' }, composeProject: null })
    await expect(api.volumes.clone({ engineId, id, name })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('whose owners nobody tells are copied all the same, and that is told', async () => {
    const id = await filledVolume()
    const link = await newLink()
    // A rootless engine's folder is not this user's to read.
    const rootless = { ...link, facts: { ...link.facts, rootless: true } }
    const owners = new Set<number | undefined>()
    const ownersLost = await withContent(
      rootless,
      id,
      async (content) => {
        const each: EachEntry = ({ uid }, stream) => {
          owners.add(uid)
          stream.resume()
          return undefined
        }
        await readTar(content.tar, each, () => new Failure('engine-error', 'damaged'), TIME)
        return content.ownersLost
      },
      TIME,
    )
    expect(ownersLost).toBe(engine.kind === 'podman')
    expect(owners.has(1234)).toBe(engine.kind === 'docker')
  })

  test('in use are copied with who may write told, or paused meanwhile', async () => {
    const { api, engineId, ended, until } = await open()
    const id = await newVolume()
    const container = await run(['--volume', `${id}:/data`])
    await until(id, ({ usedBy }) => usedBy.length === 1)
    const first = goLater(newName('volume'))
    const moving = await ended(api.volumes.clone({ engineId, id, name: first }))
    expect(moving.result).toMatchObject({ moving: [container] })
    const second = goLater(newName('volume'))
    const since = String(Date.now() / 1_000)
    const paused = await ended(api.volumes.clone({ engineId, id, name: second, pause: true }))
    expect(paused.result).toMatchObject({ moving: [] })
    const state = await cli(['inspect', '--format', '{{.State.Status}}', container])
    expect(state).toBe('running')
    // Podman 4.3 tells none of the past to this command.
    if (engine.kind === 'podman') return
    const events = await cli([
      ...['events', '--since', since, '--until', String(Date.now() / 1_000)],
      ...['--filter', `container=${container}`, '--format', '{{.Action}}'],
    ])
    expect(events.split('\n').filter((action) => /pause/.test(action))).toEqual([
      'pause',
      'unpause',
    ])
  })

  test('a restore into a volume that is there needs leave, and keeps other files', async () => {
    const { api, engineId, ended } = await open()
    const source = await filledVolume()
    const file = join(newFolder(), 'copy.tar')
    await ended(api.volumes.backup({ engineId, id: source, file, overwrite: false }))
    const id = await newVolume()
    await within(id, 'echo mine > /v/mine; mkdir /v/folder; echo old > /v/folder/file')
    await expect(
      api.volumes.restore({ engineId, file, id, intoExisting: false }),
    ).rejects.toMatchObject({ code: 'confirmation-needed', data: { dangers: ['restore-over'] } })
    const job = await ended(api.volumes.restore({ engineId, file, id, intoExisting: true }))
    expect(job.problem).toBeNull()
    expect(await within(id, 'cat /v/mine /v/folder/file')).toBe('mine\nhello')
  })

  test('an archive that is hostile or cut off is refused before a volume is made', async () => {
    const { api, engineId, ended } = await open()
    const folder = newFolder()
    const tar = (name: string, args: string[]) => {
      const file = join(folder, name)
      execFileSync('tar', ['--create', `--file=${file}`, ...args], { cwd: folder })
      return file
    }
    writeFileSync(join(folder, 'file'), 'x'.repeat(100_000))
    execFileSync('ln', ['-s', '/etc', join(folder, 'link')])
    const files = {
      leads: tar('leads.tar', ['--absolute-names', '--transform=s,^file,../../out,', 'file']),
      absolute: tar('absolute.tar', ['--absolute-names', '/etc/hostname']),
      behind: tar('behind.tar', ['link', '--transform=s,^file,link/passwd,', 'file']),
      device: tar('device.tar', ['/dev/null', '--transform=s,^dev/,,']),
    }
    const cut = join(folder, 'cut.tar')
    const whole = tar('whole.tar', ['file'])
    execFileSync('sh', ['-c', `head -c 50000 "${whole}" > "${cut}"`])
    for (const file of [...Object.values(files), cut]) {
      await expect(
        firstOf(api.volumes.lookInto({ file }), ({ kind }) => kind === 'read'),
        file,
      ).rejects.toMatchObject({ code: 'invalid-input' })
      const id = newName('volume')
      const job = await ended(api.volumes.restore({ engineId, file, id, intoExisting: false }))
      expect(job, file).toMatchObject({ state: 'failed', problem: { code: 'invalid-input' } })
      expect(await cli(['volume', 'ls', '--quiet'])).not.toContain(id)
    }
  })

  test('one that is half restored or cloned goes again', async () => {
    const { api, client, engineId, untilAll } = await open()
    const id = await newVolume()
    await within(id, 'dd if=/dev/zero of=/v/large bs=1M count=400 2>/dev/null')
    const name = goLater(newName('volume'))
    const { jobId } = await api.volumes.clone({ engineId, id, name })
    await itemsOf(api.jobs.watch(), (all) =>
      all.some((job) => job.id === jobId && job.currentBytes > 1_000_000),
    )
    await untilAll((all) => all.some((volume) => volume.id === name))
    await api.jobs.cancel({ jobId })
    expect(await endOf(client, jobId)).toMatchObject({ state: 'cancelled' })
    await untilAll((all) => all.every((volume) => volume.id !== name))
    expect(await cli(['volume', 'ls', '--quiet'])).not.toContain(name)
  })

  test('a backup that is cancelled leaves no file', async () => {
    const { api, client, engineId } = await open()
    const id = await newVolume()
    await within(id, 'dd if=/dev/zero of=/v/large bs=1M count=400 2>/dev/null')
    const folder = newFolder()
    const file = join(folder, 'copy.tar')
    const { jobId } = await api.volumes.backup({ engineId, id, file, overwrite: false })
    await itemsOf(api.jobs.watch(), (all) =>
      all.some((job) => job.id === jobId && job.currentBytes > 1_000_000),
    )
    await api.jobs.cancel({ jobId })
    expect(await endOf(client, jobId)).toMatchObject({ state: 'cancelled' })
    expect(readdirSync(folder)).toEqual([])
  })
})
