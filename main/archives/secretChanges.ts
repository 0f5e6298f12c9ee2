import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { isSecretName, mask } from '../masking'
import { pairsOf } from './singleChanges'

interface Read {
  /** With the mask in place of every value whose name looks secret. */
  masked: string
  /** Those values, as they were written and without quotes. */
  secrets: string[]
}

/** What may be kept of Dockerfile instructions on the disk: values of secret names are told by those alone. */
export function maskChanges(changes: readonly string[]): string[] {
  return changes.map((change) => readChange(change).masked)
}

/** The values that `maskChanges` takes out. */
export function secretsOfChanges(changes: readonly string[]): string[] {
  return changes.flatMap((change) => readChange(change).secrets)
}

/** Throws `invalid-input` for instructions out of the jobs' file whose secrets have to be typed again. */
export function refuseMasked(changes: readonly string[]): void {
  const masked = changes.find((change) => change.includes(mask))
  if (masked === undefined) return
  throw new Failure('invalid-input', say`A value was not kept, since it is secret: ${masked}`, {
    hint: say`Begin anew, and type it again.`,
  })
}

function readChange(change: string): Read {
  const pairs = pairsOf(change)
  if (pairs) {
    const read = pairs.words.map((word) => readPair(word.indexOf('='), word))
    return {
      masked: `${pairs.instruction} ${read.map(({ masked }) => masked).join(' ')}`,
      secrets: read.flatMap(({ secrets }) => secrets),
    }
  }
  // `ENV NAME the value`: one variable, whose value is the rest.
  const [, instruction, pair = ''] = /^((?:env|label)\s+)(.*)$/i.exec(change) ?? []
  if (instruction === undefined) return { masked: change, secrets: [] }
  const { masked, secrets } = readPair(pair.search(/\s|=/), pair)
  return { masked: `${instruction}${masked}`, secrets }
}

function readPair(nameEnd: number, pair: string): Read {
  const name = nameEnd < 0 ? pair : pair.slice(0, nameEnd)
  const value = nameEnd < 0 ? '' : pair.slice(nameEnd + 1).trim()
  if (value === '' || !isSecretName(name)) return { masked: pair, secrets: [] }
  const bare = value.replace(/^(["'])(.*)\1$/s, '$2')
  return { masked: `${name}=${mask}`, secrets: [value, bare] }
}
