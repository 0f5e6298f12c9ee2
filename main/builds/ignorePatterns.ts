import { sep } from 'node:path'
import dockerignore from '@balena/dockerignore'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'

/** Twice as long as any path of Linux: reading a longer one could take minutes. */
const LONGEST_PATTERN = 8_192

/** The decisions of one ignore file. Paths are relative to the context, with `/`. */
export interface IgnorePatterns {
  ignores(path: string): boolean
  /** Whether an ignored folder may hold something that an exception (`!…`) takes back. */
  mayHoldExceptions(folder: string): boolean
}

/**
 * Reads an ignore file as the docker command does (moby `builder/dockerignore`, `pkg/fileutils`).
 *
 * @param kept - paths that go whatever the file says
 * @throws Failure `invalid-input` for a line that no path can fit; leaving it out could let in what it keeps out
 */
export function readIgnorePatterns(content: string, kept: readonly string[]): IgnorePatterns {
  const lines = content.replace(/^\uFEFF/, '').split(/\r?\n/)
  const long = lines.findIndex((line) => line.length > LONGEST_PATTERN)
  if (long >= 0) {
    throw new Failure('invalid-input', say`Line ${long + 1} of the ignore file is too long.`, {
      hint: say`Split it into several patterns.`,
    })
  }
  // On Linux names differ by case, and the patterns do so everywhere: docker's are never compared otherwise.
  const rules = dockerignore({ ignorecase: false }).add(lines.map(literalWhereGoIsLiteral))
  const all = dockerignore({ ignorecase: false })
    .add(rules)
    .add(kept.filter((path) => rules.ignores(path)).map((path) => `!${path}`))
  const exceptions = [...lines, ...kept.map((path) => `!${path}`)].flatMap(exceptionOf)
  return {
    ignores: (path) => all.ignores(path),
    // As docker's own walk (moby pkg/archive `TarWithOptions`): by the beginning of the pattern's text.
    mayHoldExceptions: (folder) =>
      exceptions.some((pattern) => `${pattern}/`.startsWith(`${folder}/`)),
  }
}

/**
 * The library hands these characters to a regular expression, where they mean something; in a pattern
 * of docker's they do not (moby/patternmatcher escapes them too).
 */
function literalWhereGoIsLiteral(pattern: string): string {
  // Nothing escapes in a Windows pattern: `\\` separates there.
  if (pattern.startsWith('#') || sep === '\\') return pattern
  return pattern.replaceAll(/\\.|\[[^\]]*\]|[+(){}|^]/g, (part) =>
    part.length === 1 ? `\\${part}` : part,
  )
}

function exceptionOf(line: string): string[] {
  const pattern = line.trim()
  if (!pattern.startsWith('!')) return []
  const cleaned = pattern
    .slice(1)
    .trim()
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
  return cleaned === '' ? [] : [cleaned]
}
