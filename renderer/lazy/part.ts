import { shallowReadonly, shallowRef, type ShallowRef } from 'vue'
import { lazily } from './lazily'

/** A part of the app that is not in what a page loads first. */
export interface Part<T> {
  /** Null until it has been loaded. */
  readonly loaded: Readonly<ShallowRef<T | null>>
  /** Loads it once, however often it is called. Rejects when it cannot be had; then it may be called again. */
  load(): Promise<T>
}

const known: Part<unknown>[] = []

/** All parts that have been declared so far: loading one may declare more. */
export const knownParts: readonly Part<unknown>[] = known

/**
 * Declares a part, which is then also loaded ahead of being wanted (`loadAhead`). To be called where a module
 * is evaluated, once for each part.
 */
export function declarePart<T>(load: () => Promise<T>): Part<T> {
  const loaded = shallowRef<T | null>(null)
  let loading: Promise<T> | null = null

  async function loadOnce(): Promise<T> {
    try {
      return (loaded.value = await lazily(load))
    } catch (error) {
      loading = null
      throw error
    }
  }

  const part: Part<T> = {
    loaded: shallowReadonly(loaded),
    load: () => (loading ??= loadOnce()),
  }
  known.push(part)
  return part
}
