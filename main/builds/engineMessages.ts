import type { BuildDialect } from '../engines/dialect/builds'
import { readProgressMessage } from '../streams/progressMessage'
import type { BuildSteps } from './steps'

/** What a build's stream comes to. */
export interface EngineMessages {
  apply(message: unknown): void
  /** The last image that was built; of several stages the last one's. */
  imageId(): string | null
  /** Why it failed; null while it has not. */
  error(): string | null
  /** The step that runs, or that ran last. */
  stepId(): string | null
}

/**
 * Reads the messages of `POST /build`. Marks are found by message, not by line: an engine writes each as
 * a message of its own, while a command's output may end without a line break.
 */
export function createEngineMessages(
  mark: BuildDialect['mark'],
  steps: BuildSteps,
): EngineMessages {
  let stepId: string | null = null
  let imageId: string | null = null
  let error: string | null = null

  function applyText(text: string): void {
    const found = mark(text)
    if (found === null) {
      if (stepId === null) steps.remark(text.trimEnd())
      else steps.output(stepId, text)
      return
    }
    if (text.trim() !== '') steps.remark(text.trimEnd())
    if (found.kind === 'step') {
      if (stepId !== null) steps.end(stepId, 'done')
      stepId = found.id
      steps.begin(stepId, found.instruction)
    } else if (stepId !== null && found.kind !== 'remark') steps.end(stepId, found.kind)
  }

  return {
    apply(message) {
      const { stream, status, id, aux, error: short, errorDetail } = readProgressMessage(message)
      if (stream !== undefined) applyText(stream)
      // A base image that is pulled.
      else if (status !== undefined) steps.remark(id === undefined ? status : `${id}: ${status}`)
      if (aux?.ID !== undefined) imageId = aux.ID
      const failure = errorDetail?.message ?? short
      if (failure !== undefined) error ??= failure.trim()
    },
    imageId: () => imageId,
    error: () => error,
    stepId: () => stepId,
  }
}
