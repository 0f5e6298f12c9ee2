import { splitCsv, splitPair } from './csv'
import type { Draft } from './draft'
import { switches, valueOptions } from './options'
import {
  fileOptions,
  otherNames,
  otherOptions,
  otherSwitches,
  ownOptions,
  ownSwitches,
  podmanSplits,
  shortNames,
} from './otherOptions'

/** True for an option that has the next word for its value, unless it has one after `=`. */
export function takesValue(name: string): boolean {
  return (
    name in valueOptions || otherOptions.has(name) || ownOptions.has(name) || fileOptions.has(name)
  )
}

/** True for an option that is known, whether or not there is a field for it. */
export function isKnown(name: string): boolean {
  return takesValue(name) || name in switches || ownSwitches.has(name) || otherSwitches.has(name)
}

/**
 * Reads the options of `run` and `create` into the draft, up to the image's name.
 * @returns the words from the first that is no option on
 */
export function readOptions(draft: Draft, words: readonly string[]): string[] {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (word === '--') return words.slice(at + 1)
    if (!word.startsWith('-') || word === '-') return words.slice(at)
    const usedNext = word.startsWith('--')
      ? readLong(draft, word.slice(2), words[at + 1])
      : readShort(draft, word.slice(1), words[at + 1])
    if (usedNext) at++
  }
  return []
}

/** @returns whether the next word was its value. */
function readLong(draft: Draft, word: string, next: string | undefined): boolean {
  const [given, value] = splitPair(word)
  const name = otherNames[given] ?? given
  if (value !== null || !takesValue(name)) {
    take(draft, name, value)
    return false
  }
  take(draft, name, next ?? null)
  return true
}

/** `-it`, `-p80:80`, `-dp 80:80`. @returns whether the next word was its value. */
function readShort(draft: Draft, letters: string, next: string | undefined): boolean {
  for (let at = 0; at < letters.length; at++) {
    const letter = letters.charAt(at)
    const name = shortNames[letter]
    if (name === undefined) {
      draft.note('unknown', `-${letters.slice(at)}`)
      return false
    }
    const rest = letters.slice(at + 1)
    if (!takesValue(name)) {
      take(draft, name, rest.startsWith('=') ? rest.slice(1) : null)
      if (rest.startsWith('=')) return false
    } else {
      take(draft, name, rest === '' ? (next ?? null) : rest.replace(/^=/, ''))
      return rest === ''
    }
  }
  return false
}

function take(draft: Draft, name: string, value: string | null): void {
  const told = value === null ? `--${name}` : `--${name} ${value}`
  const reader = valueOptions[name]
  const turn = switches[name]
  if (reader) {
    const isSplit = draft.isPodman && podmanSplits.has(name)
    const values = value === null ? [] : isSplit ? splitCsv(value) : [value]
    const isTaken = values.map((one) => reader(draft, one))
    if (isTaken.length === 0 || isTaken.includes(false)) draft.note('bad-value', told)
  } else if (turn) {
    if (!turn(draft, value ?? 'true')) draft.note('bad-value', told)
  } else if (fileOptions.has(name)) draft.note('from-file', told)
  else if (ownOptions.has(name) || ownSwitches.has(name)) draft.note('only-there', told)
  else draft.note(isKnown(name) ? 'no-field' : 'unknown', told)
}
