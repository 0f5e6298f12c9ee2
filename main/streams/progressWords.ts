/**
 * Where a layer is. `exists`: the other side had it already, so nothing moves; `mounted`: the registry
 * took it from another of its repositories.
 */
export type LayerPhase =
  'waiting' | 'downloading' | 'extracting' | 'pushing' | 'done' | 'exists' | 'mounted'

/** What a layer's status says. */
export interface StatusMeaning {
  phase: LayerPhase
  /** All its bytes have arrived, whether or not their number was ever told. */
  arrived: boolean
}

const moving = (phase: LayerPhase): StatusMeaning => ({ phase, arrived: false })
const arrived = (phase: LayerPhase): StatusMeaning => ({ phase, arrived: true })

/**
 * The engines' words, in lower case. Docker: moby's distribution package for pull and push, its
 * daemon/containerd/progress.go for the containerd store, image/tarexport for load. Podman's
 * compatible routes use the first, but end a layer with "Download complete".
 */
const meanings: ReadonlyMap<string, StatusMeaning> = new Map([
  ['pulling fs layer', moving('waiting')],
  ['waiting', moving('waiting')],
  ['preparing', moving('waiting')],
  ['downloading', moving('downloading')],
  ['pulling layer fs', moving('downloading')],
  ['verifying checksum', arrived('downloading')],
  ['download complete', arrived('downloading')],
  ['extracting', moving('extracting')],
  ['loading layer', moving('extracting')],
  ['pull complete', arrived('done')],
  ['pushing', moving('pushing')],
  ['pushed', arrived('done')],
  ['already exists', arrived('exists')],
  ['layer already exists', arrived('exists')],
])

const meaningsByBeginning: readonly (readonly [string, StatusMeaning])[] = [
  ['mounted from ', arrived('mounted')],
  ['skipped', arrived('exists')],
  ['retrying in ', moving('waiting')],
]

/** What the engine's words for a layer mean; undefined for words that do not move it. */
export function meaningOfStatus(status: string): StatusMeaning | undefined {
  const words = status.toLowerCase()
  return (
    meanings.get(words) ??
    meaningsByBeginning.find(([beginning]) => words.startsWith(beginning))?.[1]
  )
}

/** A blob that Podman's libpod routes name in a line of text, and where it is. */
export interface BlobLine {
  /** The first 12 characters of its digest, as Docker would write it. */
  id: string
  meaning: StatusMeaning
}

/**
 * Reads a "Copying blob …" or "Copying config …" line (containers/image, copy package).
 *
 * @param copying - the phase that copying is, which the line does not say: it reads the same for a
 *   pull and a push
 */
export function blobOfLine(line: string, copying: 'downloading' | 'pushing'): BlobLine | undefined {
  const match = /^Copying (?:blob|config) (?:sha256:)?([0-9a-f]{12})[0-9a-f]*(.*)$/.exec(line)
  const id = match?.[1]
  if (id === undefined) return undefined
  const rest = match?.[2] ?? ''
  if (/skipped|already exists/.test(rest)) return { id, meaning: arrived('exists') }
  return { id, meaning: / done\b/.test(rest) ? arrived('done') : moving(copying) }
}
