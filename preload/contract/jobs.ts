import { z } from 'zod'
import { moment, procedure, startedJob, stream, type CollectionMessage } from './base'
import { problem } from './errors'
import { jobRequest, jobResult } from './jobRequest'

export const jobStep = z.object({
  /** The layer's short digest, or the step's name. */
  id: z.string(),
  /**
   * `exists`: the other side had the layer; `mounted`: the registry took it from another of its
   * repositories; `running`, `cached` and `failed` are of a build's steps.
   */
  phase: z.enum([
    'waiting',
    'downloading',
    'extracting',
    'pushing',
    'running',
    'done',
    'exists',
    'mounted',
    'cached',
    'failed',
  ]),
  /** The engine's own words; of a build's step its instruction. */
  status: z.string(),
  currentBytes: z.number(),
  totalBytes: z.number().nullable(),
  /** When it began and ended, of steps that are timed (a build's). */
  startedAt: moment.optional(),
  endedAt: moment.optional(),
})
export type JobStep = z.infer<typeof jobStep>

export const job = z.object({
  id: z.string(),
  /** What was asked for; `request.kind` says what kind of work it is. */
  request: jobRequest,
  /** What it works on, in short: a reference, a file. */
  subject: z.string(),
  state: z.enum(['running', 'succeeded', 'failed', 'cancelled']),
  startedAt: moment,
  endedAt: moment.nullable(),
  steps: z.array(jobStep),
  currentBytes: z.number(),
  totalBytes: z.number().nullable(),
  /** Over the last seconds; null when nothing moves. */
  bytesPerSecond: z.number().nullable(),
  etaSeconds: z.number().nullable(),
  /** The last lines of what the engine said. */
  log: z.array(z.string()),
  /** The digest that the registry knows the result by. */
  digest: z.string().nullable(),
  result: jobResult.nullable(),
  problem: problem.nullable(),
  /** It failed, and nobody has looked at the list of jobs since. */
  unseen: z.literal(true).optional(),
})
export type Job = z.infer<typeof job>

/** Who waits for less, milliseconds, stays and sees the end; of longer jobs the desktop tells. */
export const longJobMillis = 10_000

const oneJob = startedJob.extend({ jobId: z.string().max(64) })

export const jobs = {
  /** All jobs, running and ended: the last ones of former runs of the app too. */
  watch: procedure.output(stream<CollectionMessage<Job>>()),
  /** Ends a running job; one that has ended stays as it is. */
  cancel: procedure.input(oneJob).output(z.void()),
  /** Does the same again, as a new job; refused (`conflict`) while it runs. */
  retry: procedure.input(oneJob).output(oneJob),
  /** The failures of these jobs were seen. */
  see: procedure
    .input(z.object({ jobIds: z.array(oneJob.shape.jobId).max(1_000) }))
    .output(z.void()),
  /** The jobs whose notifications are clicked on from now on, where main notifies. */
  opened: procedure.output(stream<z.infer<typeof oneJob>>()),
  /** Takes an ended job off the list. */
  dismiss: procedure.input(oneJob).output(z.void()),
}
