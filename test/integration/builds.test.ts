import { randomUUID } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdir, open, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { BuildForm } from '../../preload/contract/builds'
import type { Job } from '../../preload/contract/jobs'
import { engineCli, waitFor, type EngineFacts } from '../bed'
import { engineRequest } from '../bed/api'
import { buildFolder, buildForm } from '../buildFolder'
import { firstOf, itemsOf } from '../client'
import { endOf, openOn } from '../images'

const MIB = 1024 * 1024
const bed = inject('bed')

/** Says name, link, kind, mode, owner and size of each thing that it was given. */
const LISTING = `FROM ${bed.busybox}
COPY . /given
RUN cd /given && find . -exec stat -c '=%N|%F|%a|%u:%g|%s' {} + | sort
`

describe.each(bed.engines)('a build on $kind', (engine) => {
  test('makes an image with its names, from a target and with arguments', async () => {
    const folder = await buildFolder({
      Dockerfile: `ARG BASE=${bed.busybox}
FROM \${BASE} AS one
ARG WHO=world
RUN echo "hello $WHO" > /greeting
FROM one AS two
RUN exit 1
`,
    })
    const name = `localhost/builds-${randomUUID().slice(0, 8)}`
    const { build, run } = await openBuilder(engine)
    const job = await build(folder, {
      target: 'one',
      arguments: [{ name: 'WHO', value: 'you, "all" $HOME' }],
      tags: [`${name}:1`, name],
    })
    expect(job).toMatchObject({
      state: 'succeeded',
      subject: `${name}:1, ${name}:latest`,
      result: { kind: 'build', builder: engine.kind === 'docker' ? 'classic' : 'podman' },
    })
    const result = resultOf(job)
    expect(result.names.sort()).toEqual([`${name}:1`, `${name}:latest`])
    expect(await run(result.imageId, ['cat', '/greeting'])).toBe('hello you, "all" $HOME')
    expect(job.steps.map(({ status }) => status)).toContain('RUN echo "hello $WHO" > /greeting')
    expect(job.steps.map(({ phase }) => phase)).not.toContain('running')
  })

  test('runs each step once: the second time all of them are cached, and none without the cache', async () => {
    const folder = await buildFolder({
      Dockerfile: `FROM ${bed.busybox}\nRUN sleep 1; echo ${randomUUID()}\nENV A=1\n`,
    })
    const { build } = await openBuilder(engine)
    const first = await build(folder)
    const step = stepOf(first, 'RUN')
    expect(step.phase).toBe('done')
    expect((step.endedAt ?? 0) - (step.startedAt ?? 0)).toBeGreaterThanOrEqual(900)
    const second = await build(folder)
    expect(stepOf(second, 'RUN').phase).toBe('cached')
    expect(stepOf(second, 'ENV').phase).toBe('cached')
    expect(resultOf(second).imageId).toBe(resultOf(first).imageId)
    const anew = await build(folder, { noCache: true })
    expect(stepOf(anew, 'RUN').phase).toBe('done')
    expect(resultOf(anew).imageId).not.toBe(resultOf(first).imageId)
  })

  test('that fails says at which step, with the last 20 lines that its command printed', async () => {
    const folder = await buildFolder({
      Dockerfile: `FROM ${bed.busybox}\nRUN for i in $(seq 1 30); do echo "line $i" >&2; done; exit 7\nRUN true\n`,
    })
    const { build } = await openBuilder(engine)
    const job = await build(folder)
    expect(job.state).toBe('failed')
    expect(job.problem?.message).toMatch(/^The build failed at: RUN for i in /)
    const lines = (job.problem?.engineMessage ?? '').split('\n')
    expect(lines.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, at) => `line ${at + 11}`))
    expect(lines[20]).toMatch(/7$/)
    expect(stepOf(job, 'RUN for').phase).toBe('failed')
    expect(job.steps.some(({ status }) => status === 'RUN true')).toBe(false)
    expect(job.log).toContain('line 30')
  })

  test('whose Dockerfile is wrong, or is not there, fails with the reason', async () => {
    const { build } = await openBuilder(engine)
    const wrong = await build(await buildFolder({ Dockerfile: `FROM ${bed.busybox}\nRUNN x\n` }))
    expect(wrong.state).toBe('failed')
    expect(wrong.problem?.engineMessage).toMatch(/unknown instruction: "?RUNN/i)
    const none = await build(await buildFolder({ a: 'a' }))
    expect(none.problem).toMatchObject({ code: 'not-found' })
    const nowhere = await build('/nowhere/at/all')
    expect(nowhere.problem?.message).toBe('There is no folder "/nowhere/at/all" on this machine.')
  })

  test('that is cancelled ends on the engine too: at once, or with the step that runs', async () => {
    const [first, second] = [uniqueSeconds(engine.kind === 'docker' ? 1_000 : 2), uniqueSeconds(9)]
    const folder = await buildFolder({
      Dockerfile: `FROM ${bed.busybox}\nRUN echo begun; sleep ${first}\nRUN sleep ${second}\n`,
    })
    const { client, api, engineId } = await openBuilder(engine)
    const { jobId } = await api.builds.start({ engineId, ...buildForm(folder) })
    await itemsOf(api.jobs.watch(), (all) =>
      all.some(({ id, log }) => id === jobId && log.includes('begun')),
    )
    await waitFor('the command to run', () => processesWith(first).length > 0)
    await api.jobs.cancel({ jobId })
    expect(await endOf(client, jobId)).toMatchObject({ state: 'cancelled', problem: null })
    await waitFor('the command to end', () => processesWith(first).length === 0)
    if (engine.kind === 'podman') {
      await waitFor('the container of the build to go', async () => {
        const { body } = await engineRequest(engine, 'GET', buildContainers)
        return !body.includes('"buildah"')
      })
    }
    expect(processesWith(second)).toEqual([])
  })

  test('asks for newer base images where it is told to', async () => {
    const { host } = bed.registries.open
    const base = `${host}/builds-${randomUUID().slice(0, 8)}:1`
    const cli = engineCli(engine)
    await cli(['tag', bed.busybox, base])
    await cli(['push', base])
    const folder = await buildFolder({ Dockerfile: `FROM ${base}\nENV A=1\n` })
    const { build } = await openBuilder(engine)
    expect(await build(folder, { pull: true })).toMatchObject({ state: 'succeeded' })
    const gone = await buildFolder({ Dockerfile: `FROM ${bed.busybox}\nENV A=1\n` })
    expect((await build(gone, { pull: true })).state).toBe('failed')
  })

  test('reaches a base image that only a login gives', async () => {
    const { host, user, password } = bed.registries.authenticated
    const base = `${host}/builds-${randomUUID().slice(0, 8)}:1`
    const cli = engineCli(bed.docker)
    await cli(['tag', bed.busybox, base])
    await cli(['login', '--username', user, '--password-stdin', host], { input: password })
    await cli(['push', base])
    await cli(['rmi', base])
    const folder = await buildFolder({ Dockerfile: `FROM ${base}\nENV A=1\n` })
    const { api, build } = await openBuilder(engine)
    expect((await build(folder)).state).toBe('failed')
    await api.registries.logIn({ host, username: user, password })
    expect(await build(folder)).toMatchObject({ state: 'succeeded', problem: null })
  })

  test('follows the ignore file of its own Dockerfile first, and takes a Dockerfile from elsewhere', async () => {
    const folder = await buildFolder({
      '.dockerignore': 'b\n',
      'other/one.Dockerfile': LISTING,
      'other/one.Dockerfile.dockerignore': 'a\n**/*Dockerfile*\n.dockerignore\n',
      a: 'a',
      b: 'b',
    })
    const elsewhere = await buildFolder({ Dockerfile: LISTING })
    const { build } = await openBuilder(engine)
    const names = (job: Job) =>
      listed(job.log)
        .map((line) => line.split('|')[0])
        .sort()
    expect(
      names(await build(folder, { dockerfile: 'other/one.Dockerfile', noCache: true })),
    ).toEqual(['=.', '=./b', '=./other'])
    expect(names(await build(folder, { dockerfile: join(elsewhere, 'Dockerfile') }))).toEqual([
      '=.',
      '=./.dockerignore',
      '=./a',
      '=./other',
      '=./other/one.Dockerfile',
      '=./other/one.Dockerfile.dockerignore',
    ])
  })

  test('streams a large context without holding it', async () => {
    const folder = await buildFolder({ Dockerfile: `FROM scratch\nCOPY small /\n`, small: '' })
    const large = await open(join(folder, 'large'), 'w')
    await large.truncate(512 * MIB)
    await large.close()
    const { api, build } = await openBuilder(engine)
    const counted = await firstOf(
      api.builds.inspectContext({ folder, dockerfile: 'Dockerfile' }),
      ({ kind }) => kind === 'counted',
    )
    expect(counted).toMatchObject({
      context: { files: 3, largest: [{ path: 'large', bytes: 512 * MIB }, {}, {}] },
    })
    const most = peakMemory()
    const job = await build(folder)
    expect(job).toMatchObject({ state: 'succeeded' })
    expect(stepOf(job, 'context')).toMatchObject({
      phase: 'done',
      currentBytes: expect.any(Number) as number,
    })
    expect(stepOf(job, 'context').currentBytes).toBeGreaterThanOrEqual(512 * MIB)
    expect(most()).toBeLessThan(128 * MIB)
  })
})

test('builds of both engines are given exactly what the docker command gives', async () => {
  const folder = await everySortOfFile()
  const builders = await Promise.all(bed.engines.map(openBuilder))
  for (const ignored of IGNORE_FILES) {
    await writeFile(join(folder, '.dockerignore'), ignored)
    const theirs = listed(await dockerCommand(bed.docker, folder))
    expect(theirs.length).toBeGreaterThan(1)
    for (const { build } of builders) {
      expect(listed((await build(folder, { noCache: true })).log), ignored).toEqual(theirs)
    }
  }
}, 120_000)

test('the builder of an engine is told: its own, where docker has no buildx', async () => {
  for (const engine of bed.engines) {
    const { api, engineId } = await openOn(engine)
    const { name, version } = await api.builds.builder({ engineId })
    expect(name).toBe(engine.kind === 'docker' ? 'classic' : 'podman')
    expect(version).toMatch(/^\d+\.\d+/)
  }
})

async function openBuilder(engine: EngineFacts) {
  const opened = await openOn(engine)
  const { client, api, engineId } = opened
  return {
    ...opened,
    build: async (folder: string, rest: Partial<BuildForm> = {}): Promise<Job> => {
      const { jobId } = await api.builds.start({ engineId, ...buildForm(folder, rest) })
      const job = await endOf(client, jobId)
      const { result } = job
      if (result?.kind === 'build') {
        onTestFinished(async () => {
          await engineCli(engine)(['rmi', '--force', result.imageId]).catch(() => undefined)
        })
      }
      return job
    },
    run: (imageId: string, command: string[]) =>
      engineCli(engine)(['run', '--rm', '--network', 'none', imageId, ...command]),
  }
}

function resultOf(job: Job) {
  if (job.result?.kind === 'build') return job.result
  throw new Error(`The build came to nothing: ${JSON.stringify(job.problem)}`)
}

function stepOf(job: Job, instruction: string) {
  const step = job.steps.find(({ status }) => status.startsWith(instruction))
  if (step) return step
  throw new Error(`No step ${instruction} in ${JSON.stringify(job.steps)}`)
}

/** Those of Buildah's containers that are there only while it builds. */
const buildContainers = '/v4.0.0/libpod/containers/json?all=true&external=true'

/** A number of seconds to sleep that no other process has on its command line. */
const uniqueSeconds = (seconds: number) => `${seconds}.${String(Math.random()).slice(2, 10)}`

const listed = (log: readonly string[]) => log.filter((line) => line.startsWith('=')).sort()

/** What the docker command's own classic builder prints for the same folder. */
async function dockerCommand(engine: EngineFacts, folder: string): Promise<string[]> {
  return (await engineCli(engine)(['build', '--no-cache', '--force-rm', folder])).split('\n')
}

const IGNORE_FILES = [
  '',
  '*.log\n!keep.log\n',
  '**/node_modules\n**/*.txt\n!deep/er/kept.txt\n',
  'deep\n!deep/er/kept.txt\n',
  '*\n!src\n!Dockerfile\n',
  '# deep\n\n  /a+b  \n./src/../empty\n\\!bang\n',
  '\uFEFFdeep\nx(1)\n[a-c].txt\n?.log\n',
  'Dockerfile\n.dockerignore\n!**/kept.txt\ndeep/*\n',
  'SRC\n**/er\n!**/er/kept.txt\nlinks/*\n!links/to-folder\n',
]

/** A folder with whatever a folder can hold: its Dockerfile says what came of it. */
async function everySortOfFile(): Promise<string> {
  const folder = await buildFolder({
    Dockerfile: LISTING,
    'a+b': 'plus',
    'b.txt': 'b',
    'd.txt': 'd',
    'x.log': 'x',
    'keep.log': 'kept',
    '!bang': 'bang',
    'x(1)': 'copy',
    'two words': 'two',
    'ünï-☃': 'snow',
    'src/main': 'main',
    'src/.hidden': 'hidden',
    'src/node_modules/one/index.js': 'one',
    'deep/er/kept.txt': 'kept',
    'deep/er/other.txt': 'other',
    'deep/est/er/kept.txt': 'kept',
    [`${'long/'.repeat(30)}${'n'.repeat(120)}`]: 'long',
  })
  const at = (name: string) => join(folder, name)
  await mkdir(at('links'))
  await symlink('../src', at('links/to-folder'))
  await symlink('/etc/passwd', at('links/outside'))
  await symlink('nowhere', at('links/dangling'))
  await mkdir(at('empty'), { mode: 0o711 })
  await chmod(at('src/main'), 0o4755)
  await chmod(at('d.txt'), 0o600)
  execFileSync('mkfifo', [at('fifo')])
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(at('socket'), resolve))
  onTestFinished(async () => {
    await new Promise((resolve) => server.close(resolve))
    await rm(at('socket'), { force: true })
  })
  return folder
}

/** Processes of this machine, in whatever container, whose command line has this word. */
function processesWith(word: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0').join(' ').includes(word)
    } catch {
      return false
    }
  })
}

/** Begins to measure; what it gives tells how far this process's memory has grown since, bytes. */
function peakMemory(): () => number {
  const before = process.memoryUsage().rss
  let most = before
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20)
  onTestFinished(() => clearInterval(timer))
  return () => Math.max(most, process.memoryUsage().rss) - before
}
