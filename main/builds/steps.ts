import { stripVTControlCharacters } from 'node:util'
import type { JobStep } from '../../preload/contract/jobs'
import { createLogTail } from '../streams/logTail'

/** How many of a failing command's last lines are told. */
const TOLD_LINES = 20

/** The steps of one build as they are told; everything it keeps is bounded, whatever the build prints. */
export interface BuildSteps {
  /** A step begins; one that runs under the same id goes on. */
  begin(id: string, instruction: string): void
  /** A running step ends as its phase says; `durationMillis` where the builder tells it. */
  end(id: string, phase: 'done' | 'cached' | 'failed', durationMillis?: number): void
  /** Ends all that runs. */
  endAll(phase: 'done' | 'failed'): void
  /** What a step's command prints, cut anywhere. */
  output(id: string, text: string): void
  /** A line of the builder's own. */
  remark(line: string): void
  progress(id: string, currentBytes: number, totalBytes: number | null): void
  list(): JobStep[]
  log(): string[]
  /** The last lines that the command of a step printed. */
  lastOutput(id: string): string[]
}

/** @param now the clock, milliseconds since 1970 */
export function createBuildSteps(now: () => number = Date.now): BuildSteps {
  const steps = new Map<string, JobStep>()
  const outputs = new Map<string, ReturnType<typeof createLogTail>>()
  const log = createLogTail()

  function endStep(step: JobStep, phase: 'done' | 'cached' | 'failed', durationMillis?: number) {
    const endedAt = now()
    const startedAt = durationMillis === undefined ? step.startedAt : endedAt - durationMillis
    steps.set(step.id, { ...step, phase, endedAt, ...(startedAt !== undefined && { startedAt }) })
  }

  return {
    begin(id, instruction) {
      if (steps.get(id)?.phase === 'running') return
      steps.set(id, {
        id,
        phase: 'running',
        status: instruction,
        currentBytes: 0,
        totalBytes: null,
        startedAt: now(),
      })
    },
    end(id, phase, durationMillis) {
      const step = steps.get(id)
      if (step?.phase === 'running') endStep(step, phase, durationMillis)
    },
    endAll(phase) {
      for (const step of [...steps.values()]) if (step.phase === 'running') endStep(step, phase)
    },
    output(id, text) {
      const plain = stripVTControlCharacters(text)
      const tail = outputs.get(id) ?? createLogTail({ maxLines: TOLD_LINES })
      outputs.set(id, tail)
      tail.addText(plain)
      log.addText(plain)
    },
    remark: (line) => log.addLine(stripVTControlCharacters(line)),
    progress(id, currentBytes, totalBytes) {
      const step = steps.get(id)
      if (step) steps.set(id, { ...step, currentBytes, totalBytes })
    },
    list: () => [...steps.values()],
    log: () => log.lines(),
    lastOutput: (id) => outputs.get(id)?.lines() ?? [],
  }
}
