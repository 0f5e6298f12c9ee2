import { z } from 'zod'
import { engineScope, procedure, startedJob } from './base'

/** The label on everything that the samples make. */
export const sampleLabel = 'io.longshore.sample'

export const samplesRequest = engineScope.extend({ kind: z.literal('samples') })

export const samples = {
  /** Makes the sample image and runs four containers with different loads, as a job. */
  start: procedure.input(engineScope).output(startedJob),
  /** Removes every sample container and the sample image. */
  remove: procedure.input(engineScope).output(z.object({ containers: z.number() })),
}
