import { z } from 'zod'
import { containerId, engineScope } from './base'
import { containerSettings, dangers, type ContainerSettings } from './containerSettings'
import type { RecreationPlan } from './recreation'

export const settingsInput = engineScope.extend({
  id: containerId,
  /** Without it, values whose names look secret are masked; `edit` and `run` know what masks stand for. */
  reveal: z.boolean().default(false),
})

/** A container as the form has it, and what making it again would do. */
export interface SettingsAnswer {
  settings: ContainerSettings
  /** Some values of the environment are masked. */
  masked: boolean
  /** The engine's names of what the container has and the form does not: `edit` keeps it. */
  kept: string[]
  /** The image's name means another image by now, so the image is told by its id. */
  imageMoved: boolean
  /** Files in it that are not as its image has them: a new container begins without them; null: not told. */
  writtenFiles: number | null
  plan: Pick<
    RecreationPlan,
    'running' | 'stopSeconds' | 'keptName' | 'dependents' | 'keptRestarts' | 'obstacle'
  >
}

export const editInput = engineScope.extend({
  id: containerId,
  /** As `containers.settings` told them, with what the person changed. */
  settings: containerSettings,
  /** Dangers that it does not have already, and the person was shown and accepted. */
  acceptedDangers: z.array(z.enum(dangers)).default([]),
})
export type EditInput = z.output<typeof editInput>
