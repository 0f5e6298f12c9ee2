import { z } from 'zod'
import type { SettingsAnswer } from '../../../preload/contract/edit'
import { getJson } from '../../engines/getJson'
import type { EngineLink } from '../../engines/handshake'
import { standingOf } from '../recreation/plan'
import { knowSettings } from './known'
import { isMaskable, maskEnvironment } from './secrets'

const changes = z.array(z.unknown()).nullable()

/** A container as the form has it, and what making it again would do; changes nothing. */
export async function tellSettings(
  link: EngineLink,
  { id, reveal }: { id: string; reveal: boolean },
): Promise<SettingsAnswer> {
  const [{ settings, kept, imageMoved, prepared }, writtenFiles] = await Promise.all([
    knowSettings(link, id),
    countWrittenFiles(link, id),
  ])
  const { environment } = settings
  return {
    settings: {
      ...settings,
      environment: reveal ? environment : maskEnvironment(environment),
    },
    masked: !reveal && environment.some(isMaskable),
    kept,
    imageMoved,
    writtenFiles,
    plan: { ...(await standingOf(link, prepared.container)), obstacle: prepared.obstacle },
  }
}

/** As `docker diff` counts them, folders too; null where the engine's storage cannot tell. */
async function countWrittenFiles({ client }: EngineLink, id: string): Promise<number | null> {
  try {
    return changes.parse(await getJson(client, `/containers/${id}/changes`))?.length ?? 0
  } catch {
    return null
  }
}
