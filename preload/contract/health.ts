import { z } from 'zod'
import { moment } from './base'

export const healthResult = z.object({
  startedAt: moment,
  /** Null: the engine did not tell its end. */
  endedAt: moment.nullable(),
  /** 0: healthy; anything else counts as a failure. */
  exitCode: z.number(),
  /** What the check wrote, without escapes; hostile until rendered as text. Cut after 4,096 characters. */
  output: z.string(),
  truncated: z.boolean(),
})
export type HealthResult = z.infer<typeof healthResult>

/** A container's health check and what came of it last. */
export const healthHistory = z.object({
  state: z.enum(['none', 'starting', 'healthy', 'unhealthy']),
  /** Null: it has none, or it is switched off. */
  check: z
    .object({
      /** A line for the container's shell, or a program with its arguments. */
      test: z.union([z.string(), z.array(z.string())]),
      intervalMillis: z.number(),
      timeoutMillis: z.number(),
      startPeriodMillis: z.number(),
      retries: z.number(),
    })
    .nullable(),
  /** Failures one after the other, up to now. */
  failingStreak: z.number(),
  /** The last few that the engine keeps, the oldest first. */
  results: z.array(healthResult),
  /** The engine has a way to run the check at once. */
  canRun: z.boolean(),
})
export type HealthHistory = z.infer<typeof healthHistory>
