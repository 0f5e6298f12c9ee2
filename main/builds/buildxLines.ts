import type { BuildSteps } from './steps'

/** What `docker buildx build --progress=plain` comes to, line by line. */
export interface BuildxLines {
  apply(line: string): void
  /** The step that failed, and the builder's words for it; null while none has. */
  failed(): { id: string; words: string } | null
  /** The command's own last word (`ERROR: failed to solve: …`); null while there is none. */
  lastWord(): string | null
}

/**
 * Reads BuildKit's plain progress (moby/buildkit util/progress/progressui/printer.go): each step has a
 * number; its name comes first and again whenever the output turns back to it, then what it does, then
 * how it ended. What follows the last step (`------`, the failing lines once more) is no step's.
 */
export function createBuildxLines(steps: BuildSteps): BuildxLines {
  /** The steps' own ids by BuildKit's numbers. */
  const ids = new Map<string, string>()
  let failed: { id: string; words: string } | null = null
  let lastWord: string | null = null
  /** After a failure its step's last lines come once more, between two rules. */
  let summary = false

  function applyToStep(number: string, text: string): void {
    const id = ids.get(number)
    if (id === undefined) {
      // `#0 building with "default" instance using docker driver` is no step.
      if (number === '0') return
      const { id: named, instruction } = nameOf(number, text, new Set(ids.values()))
      ids.set(number, named)
      steps.begin(named, instruction)
      return
    }
    const done = /^DONE(?: (\d+(?:\.\d+)?)s)?$/.exec(text)
    const output = /^\d+\.\d+ ?(.*)$/.exec(text)
    if (done) steps.end(id, 'done', done[1] === undefined ? 0 : Number(done[1]) * 1_000)
    else if (text === 'CACHED') steps.end(id, 'cached', 0)
    else if (text === 'CANCELED') steps.end(id, 'failed')
    else if (text.startsWith('ERROR: ')) {
      failed ??= { id, words: text.slice('ERROR: '.length) }
      steps.end(id, 'failed')
    } else if (output) steps.output(id, `${output[1] ?? ''}\n`)
  }

  return {
    apply(line) {
      steps.remark(line)
      if (failed !== null && line === '------') summary = true
      const step = /^#(\d+) (.*)$/.exec(line)
      if (step && !summary) applyToStep(step[1] ?? '', step[2] ?? '')
      const word = /^(?:ERROR: |error: )?(failed to .+)$/.exec(line)
      if (word) lastWord = word[1] ?? null
    },
    failed: () => failed,
    lastWord: () => lastWord,
  }
}

/** `[build 2/5] RUN make` is step `build 2/5`; what has no such number is called by BuildKit's. */
function nameOf(number: string, name: string, taken: ReadonlySet<string>) {
  const bracketed = /^\[([^\]]+ )?(\d+\/\d+)\] (.*)$/.exec(name)
  if (!bracketed) return { id: `#${number}`, instruction: name }
  const id = `${bracketed[1] ?? ''}${(bracketed[2] ?? '').trim()}`.trim()
  return { id: taken.has(id) ? `${id} #${number}` : id, instruction: bracketed[3] ?? '' }
}
