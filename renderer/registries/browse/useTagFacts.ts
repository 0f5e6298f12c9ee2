import { onScopeDispose, shallowRef } from 'vue'
import { useApi } from '../../api'
import { useToasts } from '../../ui/useToasts'

/** What is known of a tag once it was asked for. */
export interface TagFacts {
  digest: string
  /** As it travels; of an index, of its first platform's image. */
  bytes: number | null
  /** Milliseconds since 1970 UTC. */
  createdAt: number | null
  /** How many an index has; null for a single image. */
  platforms: number | null
}

const atOnce = 6

/** Sizes, dates and digests of tags: each costs the registry a few questions, so only when asked for. */
export function useTagFacts(where: { host: string; repository: string }) {
  const api = useApi()
  const toasts = useToasts()
  const facts = shallowRef<ReadonlyMap<string, TagFacts>>(new Map())
  const asked = shallowRef<ReadonlySet<string>>(new Set())
  const leaving = new AbortController()
  onScopeDispose(() => leaving.abort())

  const describe = (reference: string) =>
    api.registries.describe({ ...where, reference }, { signal: leaving.signal })

  async function read(tag: string): Promise<TagFacts> {
    const content = await describe(tag)
    const { digest, members } = content
    const images = members.filter(({ platform }) => platform !== null)
    const [first] = images
    const image = first === undefined ? content : await describe(first.digest)
    return {
      digest,
      bytes: image.totalBytes,
      createdAt: image.config?.createdAt ?? null,
      platforms: content.kind === 'index' ? images.length : null,
    }
  }

  /** Asks for these tags, some at a time; the first failure is told and ends it. */
  async function ask(tags: readonly string[]): Promise<void> {
    const waiting = tags.filter((tag) => !facts.value.has(tag)).values()
    asked.value = new Set([...asked.value, ...tags])
    const failures: unknown[] = []
    const worker = async () => {
      for (const tag of waiting) {
        if (failures.length > 0 || leaving.signal.aborted) return
        try {
          const found = await read(tag)
          facts.value = new Map(facts.value).set(tag, found)
        } catch (error) {
          failures.push(error)
        }
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
    asked.value = new Set([...asked.value].filter((tag) => !tags.includes(tag)))
    if (failures.length > 0 && !leaving.signal.aborted) toasts.problem(failures[0])
  }

  /** True while a tag's facts are on their way. */
  const isAsked = (tag: string) => asked.value.has(tag) && !facts.value.has(tag)

  return { facts, ask, isAsked }
}
