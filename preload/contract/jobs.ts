import { z } from 'zod'
import { moment, procedure, stream, type CollectionMessage } from './base'
import { problem } from './errors'

export const jobStep = z.object({
  /** The layer's short digest, or the step's name. */
  id: z.string(),
  phase: z.enum(['waiting', 'downloading', 'extracting', 'pushing', 'done', 'exists']),
  /** The engine's own words. */
  status: z.string(),
  currentBytes: z.number(),
  totalBytes: z.number().nullable(),
})
export type JobStep = z.infer<typeof jobStep>

export const job = z.object({
  id: z.string(),
  engineId: z.string(),
  kind: z.enum(['pull', 'push', 'samples']),
  /** What it works on: a reference, or empty. */
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
  problem: problem.nullable(),
})
export type Job = z.infer<typeof job>

const oneJob = z.object({ jobId: z.string().max(64) })

export const jobs = {
  /** All jobs, running and ended, of this run of the app. */
  watch: procedure.output(stream<CollectionMessage<Job>>()),
  /** Ends a running job; one that has ended stays as it is. */
  cancel: procedure.input(oneJob).output(z.void()),
  /** Starts an ended pull or push again, as a new job. */
  retry: procedure.input(oneJob).output(oneJob),
  /** Takes an ended job off the list. */
  dismiss: procedure.input(oneJob).output(z.void()),
}
