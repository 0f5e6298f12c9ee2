import type { CopyRequest } from '../../preload/contract/copies'
import type { JobStep } from '../../preload/contract/jobs'
import { registryHost, withDefaultTag } from '../../preload/contract/reference'
import { say } from '../../preload/contract/say'
import { Failure, toFailure } from '../errors'
import { readReference } from '../images/names'
import type { JobContext, JobProgress, Work } from '../jobs/jobs'
import type { JobServices } from '../jobs/kinds'
import { reportByClock } from '../jobs/reportByClock'
import type { Descriptor } from '../registries/protocol/descriptor'
import { withRetries } from '../registries/protocol/retries'
import { contentsOf } from './contents'
import { copyBlob } from './copyBlob'
import { inParallel } from '../inParallel'
import type { Place } from './place'

/** How many blobs are on their way at once: each holds a chunk in memory. */
const BLOBS_AT_ONCE = 3
const ATTEMPTS = 5

/** Copies an image between registries. Throws `invalid-input` for what is no image name. */
export function copyImage({ registries }: JobServices, request: CopyRequest): Work {
  const from = withDefaultTag(readReference(request.from))
  const to = withDefaultTag(readReference(request.to))
  if (to.tag === undefined) {
    throw new Failure('invalid-input', say`A copy needs a tag for its name.`, {
      hint: say`The digest follows from the content; write name:tag.`,
    })
  }
  if (from.familiar === to.familiar) {
    throw new Failure('invalid-input', say`Both names are the same.`, {
      hint: say`Give the copy another tag, repository or registry.`,
    })
  }
  const { tag } = to
  return {
    subject: `${from.familiar} → ${to.familiar}`,
    async run(context) {
      const source = await registries.api(registryHost(from))
      // What a mirror of it has is not there.
      const target = await registries.originApi(registryHost(to))
      try {
        const copy = new Copy(
          { api: source, repository: from.path },
          { api: target, repository: to.path },
          context,
        )
        await copy.run(from.digest ?? from.tag ?? '', tag, request.platform)
      } finally {
        await Promise.all([source.close(), target.close()])
      }
    },
  }
}

/** One copy, and how far it is. */
class Copy {
  readonly #from: Place
  readonly #to: Place
  readonly #context: JobContext
  readonly #log: string[] = []
  #steps = new Map<string, JobStep>()

  constructor(from: Place, to: Place, context: JobContext) {
    this.#from = from
    this.#to = to
    this.#context = context
  }

  async run(reference: string, tag: string, platform: string | undefined): Promise<void> {
    const { signal } = this.#context
    const { blobs, manifests } = await contentsOf(this.#from, reference, platform, signal)
    this.#steps = new Map(blobs.map((blob) => [blob.digest, waiting(blob)]))
    const end = reportByClock(this.#context, () => this.#progress())
    try {
      await inParallel(blobs, BLOBS_AT_ONCE, (blob, others) => this.#copy(blob, others), signal)
      const top = manifests.at(-1)
      for (const { mediaType, bytes, digest } of manifests) {
        const name = digest === top?.digest ? tag : digest
        await this.#tried(() =>
          this.#to.api.putManifest(this.#to.repository, name, mediaType, bytes, { signal }),
        )
      }
      if (top) this.#context.report({ digest: top.digest })
    } finally {
      end()
    }
  }

  async #copy(blob: Descriptor, signal: AbortSignal): Promise<void> {
    const { api, repository } = this.#to
    const there = await this.#tried(() => api.headBlob(repository, blob.digest, { signal }), signal)
    if (there !== null) return this.#change(blob, { phase: 'exists', currentBytes: blob.size })
    const mount = this.#isSameRegistry
      ? await this.#tried(
          () => api.mountBlob(repository, blob.digest, this.#from.repository, { signal }),
          signal,
        )
      : null
    if (mount?.mounted === true) {
      return this.#change(blob, { phase: 'mounted', currentBytes: blob.size })
    }
    this.#change(blob, { phase: 'pushing' })
    await copyBlob(this.#from, this.#to, blob, {
      signal,
      upload: mount?.upload,
      onBytes: (currentBytes) => this.#change(blob, { currentBytes }),
      onRetry: (error) => this.#noteRetry(error),
    })
    this.#change(blob, { phase: 'done', currentBytes: blob.size })
  }

  get #isSameRegistry(): boolean {
    return this.#from.api.host === this.#to.api.host
  }

  #tried<Result>(work: () => Promise<Result>, signal = this.#context.signal): Promise<Result> {
    const onRetry = (error: unknown) => this.#noteRetry(error)
    return withRetries(work, { signal, attempts: ATTEMPTS, onRetry })
  }

  #noteRetry(error: unknown): void {
    this.#log.push(say`Trying again: ${toFailure(error).message}`)
  }

  #change({ digest }: Descriptor, changes: Partial<JobStep>): void {
    const step = this.#steps.get(digest)
    if (step) this.#steps.set(digest, { ...step, ...changes })
  }

  #progress(): JobProgress {
    const steps = [...this.#steps.values()]
    const moving = steps.filter(({ phase }) => phase !== 'exists' && phase !== 'mounted')
    return {
      steps,
      currentBytes: sum(moving.map((step) => step.currentBytes)),
      totalBytes: sum(moving.map((step) => step.totalBytes ?? 0)),
      log: this.#log.slice(-100),
    }
  }
}

function waiting({ digest, size }: Descriptor): JobStep {
  const id = digest.replace(/^\w+:/, '').slice(0, 12)
  return { id, phase: 'waiting', status: '', currentBytes: 0, totalBytes: size }
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
