import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { BuildRequest } from '../../preload/contract/builds'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { isSecretName } from '../masking'
import { createLineSplitter } from '../streams/lines'
import { buildxEnvironment, type Buildx } from './builder'
import { createBuildxLines } from './buildxLines'
import { openContext } from './context'
import { buildFailure } from './failure'
import type { BuildSteps } from './steps'

/** From an interrupt, at which buildx ends the build, to the end that nothing survives, milliseconds. */
const politeMillis = 5_000

/**
 * Has docker's buildx command build on the engine of a local socket. It reads the folder and the ignore
 * file by itself, and sends only what is used.
 *
 * @param host - the engine's socket, as DOCKER_HOST has it
 * @returns the image's id
 * @throws Failure of the failing step
 */
export async function buildWithBuildx(
  { command }: Buildx,
  host: string,
  request: BuildRequest,
  steps: BuildSteps,
  signal: AbortSignal,
): Promise<string> {
  const { folder, dockerfile } = await openContext(request)
  if (dockerfile === null) {
    throw new Failure('not-found', say`There is no Dockerfile at "${request.dockerfile}".`, {
      hint: say`Name another Dockerfile, or another folder.`,
    })
  }
  const temporary = await mkdtemp(join(tmpdir(), 'longshore-build-'))
  try {
    const idFile = join(temporary, 'image-id')
    const lines = createBuildxLines(steps)
    const args = buildxArguments({ ...request, folder, dockerfile }, idFile)
    const env = { ...buildxEnvironment(host), ...hiddenArguments(request) }
    const code = await run(command, args, env, (line) => lines.apply(line), signal)
    signal.throwIfAborted()
    if (code === 0) return (await readFile(idFile, 'utf8')).trim()
    const failed = lines.failed()
    const words = failed?.words ?? lines.lastWord() ?? steps.log().at(-1) ?? `exit code ${code}`
    const step = steps.list().find(({ id }) => id === failed?.id)
    throw buildFailure(words, step?.status ?? null, failed ? steps.lastOutput(failed.id) : [])
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/**
 * The arguments of `docker`. Each value stands apart from its option and none can be taken for one: the
 * contract's patterns refuse a leading `-`, paths are absolute, and the folder comes after `--`.
 */
export function buildxArguments(
  request: Omit<BuildRequest, 'kind' | 'engineId'>,
  idFile: string,
): string[] {
  const { folder, dockerfile, target, platform, tags, noCache, pull } = request
  const values = [folder, dockerfile, target ?? '', platform ?? '', ...tags]
  const dashing = values.find((value) => value.startsWith('-'))
  if (dashing !== undefined) {
    throw new Failure('invalid-input', say`"${dashing}" must not begin with "-".`)
  }
  return [
    ...['buildx', 'build', '--builder', 'default', '--progress', 'plain', '--load'],
    ...['--iidfile', idFile, '--file', dockerfile],
    ...(target === null ? [] : ['--target', target]),
    ...(platform === null ? [] : ['--platform', platform]),
    ...request.arguments.flatMap(({ name, value }) => [
      '--build-arg',
      // Without a value it is taken from the environment.
      isHidden(name) ? name : `${name}=${value}`,
    ]),
    ...tags.flatMap((tag) => ['--tag', tag]),
    ...(noCache ? ['--no-cache'] : []),
    ...(pull ? ['--pull'] : []),
    ...['--', folder],
  ]
}

/** Arguments that look secret: every user of this machine can read a program's command line. */
export function hiddenArguments({
  arguments: all,
}: Pick<BuildRequest, 'arguments'>): Record<string, string> {
  const hidden = all.filter(({ name }) => isHidden(name))
  return Object.fromEntries(hidden.map(({ name, value }) => [name, value]))
}

/** Those that would mean something to docker itself in its environment stay on the line. */
function isHidden(name: string): boolean {
  return isSecretName(name) && !/^(?:docker|buildx|buildkit)_/i.test(name)
}

/** Runs a command to its end, told its lines of both outputs as they come; gives its exit code. */
function run(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    })
    let forced: NodeJS.Timeout | undefined
    const interrupt = () => {
      child.kill('SIGINT')
      forced = setTimeout(() => child.kill('SIGKILL'), politeMillis)
    }
    signal.addEventListener('abort', interrupt, { once: true })
    readLines(child.stdout, onLine)
    readLines(child.stderr, onLine)
    const over = () => {
      clearTimeout(forced)
      signal.removeEventListener('abort', interrupt)
    }
    child.once('error', (error) => {
      over()
      reject(error)
    })
    child.once('close', (code) => {
      over()
      resolve(code ?? 1)
    })
  })
}

function readLines(output: Readable, onLine: (line: string) => void): void {
  const lines = createLineSplitter({ onLine: ({ text }) => onLine(text) })
  output.on('data', (chunk: Buffer) => lines.push(chunk))
  output.once('end', () => lines.flush())
}
