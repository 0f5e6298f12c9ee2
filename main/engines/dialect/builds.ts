import { say } from '../../../preload/contract/say'

/** What a line of a build says beside what its commands print. */
export type BuildMark =
  | { kind: 'step'; id: string; instruction: string }
  | { kind: 'cached' }
  | { kind: 'done' }
  /** The engine's own words that move nothing. */
  | { kind: 'remark' }

export interface BuildOptions {
  /** The Dockerfile's name in what is sent. */
  dockerfile: string
  target: string | null
  arguments: readonly { name: string; value: string }[]
  platform: string | null
  tags: readonly string[]
  noCache: boolean
  pull: boolean
}

/** How an engine builds by itself. */
export interface BuildDialect {
  builder: 'classic' | 'podman'
  /** It has BuildKit too, which only docker's own buildx command can drive: it needs a session. */
  hasBuildKit: boolean
  /** What is said of a build that is cancelled and does not end at once; null where it does. */
  lateEnd: (() => string) | null
  request(options: BuildOptions): { path: string; query: Record<string, string | string[]> }
  /** Of one message of the build's stream; null for what a command printed. */
  mark: (text: string) => BuildMark | null
}

/** The Engine API's `POST /build`; Podman's is compatible. */
function buildRequest({
  dockerfile,
  target,
  platform,
  tags,
  noCache,
  pull,
  ...options
}: BuildOptions) {
  const values = Object.fromEntries(options.arguments.map(({ name, value }) => [name, value]))
  return {
    path: '/build',
    query: {
      dockerfile,
      t: [...tags],
      buildargs: JSON.stringify(values),
      rm: 'true',
      // A build that fails leaves no container behind.
      forcerm: 'true',
      ...(target !== null && { target }),
      ...(platform !== null && { platform }),
      ...(noCache && { nocache: 'true' }),
      ...(pull && { pull: 'true' }),
    },
  }
}

export const dockerBuilds: BuildDialect = {
  builder: 'classic',
  hasBuildKit: true,
  lateEnd: null,
  request: buildRequest,
  // moby builder/dockerfile: evaluator.go, internals.go, containerbackend.go
  mark(text) {
    const step = /^Step (\d+\/\d+) : ([\s\S]*)$/.exec(text)
    if (step) return { kind: 'step', id: step[1] ?? '', instruction: (step[2] ?? '').trim() }
    if (/^ ---> Using cache\s*$/.test(text)) return { kind: 'cached' }
    if (/^ ---> ([0-9a-f]{12})?\s*$/.test(text)) return { kind: 'done' }
    return /^ ---> (Running in [0-9a-f]{12}|\[Warning\] .*)\s*$/.test(text) ||
      /^(Removing intermediate container [0-9a-f]{12}|Successfully (built|tagged) .*)?\s*$/.test(
        text,
      )
      ? { kind: 'remark' }
      : null
  },
}

export const podmanBuilds: BuildDialect = {
  builder: 'podman',
  hasBuildKit: false,
  // Measured on 4.3.1: the next step does not begin, and nothing is left behind.
  lateEnd: () => say`Podman ends the build when the step that runs now is over.`,
  request: buildRequest,
  // buildah imagebuildah/stage_executor.go; of several stages each line says which: `[1/2] STEP 2/5: …`.
  mark(text) {
    const step = /^(\[\d+\/\d+\] )?STEP (\d+\/\d+): ([\s\S]*)$/.exec(text)
    if (step) {
      const [, stage = '', number = '', instruction = ''] = step
      return { kind: 'step', id: stage + number, instruction: instruction.trim() }
    }
    if (/^--> Using cache [0-9a-f]{64}\s*$/.test(text)) return { kind: 'cached' }
    if (/^--> [0-9a-f]{11,12}\s*$/.test(text)) return { kind: 'done' }
    return /^(\[\d+\/\d+\] )?COMMIT\b.*\s*$/.test(text) ||
      /^(Successfully (built|tagged) .*|[0-9a-f]{64})?\s*$/.test(text)
      ? { kind: 'remark' }
      : null
  },
}
