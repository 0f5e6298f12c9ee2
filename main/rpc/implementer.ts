import { implement } from '@orpc/server'
import { contract } from '../../preload/contract'
import type { Alerts } from '../alerts/alerts'
import type { Engines } from '../engines/engines'
import type { Files } from '../files/files'
import type { JobNotices } from '../jobs/jobNotices'
import type { Jobs } from '../jobs/jobs'
import type { FactsKeeper } from '../layers/factsKeeper'
import type { Logs } from '../logs/logs'
import type { Platform } from '../platform'
import type { Registries } from '../registries/registries'
import type { SettingsFile } from '../settings/settingsFile'
import type { Terminals } from '../terminals/terminals'

/** What the procedures work on; made in app.ts. */
export interface Services {
  platform: Platform
  settings: SettingsFile
  engines: Engines
  files: Files
  jobs: Jobs
  jobNotices: JobNotices
  registries: Registries
  alerts: Alerts
  layerFacts: FactsKeeper
  terminals: Terminals
  logs: Logs
}

/** The contract, ready to be given handlers, feature by feature. */
export const implementContract = implement(contract)

/** The signal that ends a stream when its consumer goes; both transports give one. */
export function streamSignal(signal: AbortSignal | undefined): AbortSignal {
  if (!signal) throw new Error('A stream was asked for without a signal to end it.')
  return signal
}
