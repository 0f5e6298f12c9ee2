import type { ContractRouterClient } from '@orpc/contract'
import { alerts } from './alerts'
import { application } from './application'
import { archives } from './archives'
import { builds } from './builds'
import { containers } from './containers'
import { copies } from './copies'
import { engines } from './engines'
import { files } from './files'
import { images } from './images'
import { isolation } from './isolation'
import { jobs } from './jobs'
import { layers } from './layers'
import { logs } from './logs'
import { networks } from './networks'
import { processes } from './processes'
import { prune } from './prune'
import { registries } from './registries'
import { samples } from './samples'
import { settings } from './settings'
import { stats } from './stats'
import { terminals } from './terminals'
import { volumes } from './volumes'

/** Everything the renderer can ask of main, one entry per feature. */
export const contract = {
  alerts,
  application,
  archives,
  builds,
  containers,
  copies,
  engines,
  files,
  images,
  isolation,
  jobs,
  layers,
  logs,
  networks,
  processes,
  prune,
  registries,
  samples,
  settings,
  stats,
  terminals,
  volumes,
}

/** The renderer's client, the same on both transports. */
export type Api = ContractRouterClient<typeof contract>
