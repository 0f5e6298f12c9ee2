import { alertsProcedures } from '../alerts/procedures'
import { applicationProcedures } from '../application/procedures'
import { archivesProcedures } from '../archives/procedures'
import { buildsProcedures } from '../builds/procedures'
import { containersProcedures } from '../containers/procedures'
import { copiesProcedures } from '../copies/procedures'
import { enginesProcedures } from '../engines/procedures'
import { filesProcedures } from '../files/procedures'
import { imagesProcedures } from '../images/procedures'
import { isolationProcedures } from '../isolation/procedures'
import { jobsProcedures } from '../jobs/procedures'
import { layersProcedures } from '../layers/procedures'
import { logsProcedures } from '../logs/procedures'
import { networksProcedures } from '../networks/procedures'
import { processesProcedures } from '../processes/procedures'
import { pruneProcedures } from '../images/pruneProcedures'
import { registriesProcedures } from '../registries/procedures'
import { samplesProcedures } from '../samples/procedures'
import { settingsProcedures } from '../settings/procedures'
import { statsProcedures } from '../stats/procedures'
import { terminalsProcedures } from '../terminals/procedures'
import { volumesProcedures } from '../volumes/procedures'
import { implementContract, type Services } from './implementer'

/** Everything the contract promises, one entry per feature. */
export function createRouter(services: Services) {
  return implementContract.router({
    alerts: alertsProcedures(services),
    application: applicationProcedures(services),
    archives: archivesProcedures(services),
    builds: buildsProcedures(services),
    containers: containersProcedures(services),
    copies: copiesProcedures(services),
    engines: enginesProcedures(services),
    files: filesProcedures(services),
    images: imagesProcedures(services),
    isolation: isolationProcedures(services),
    jobs: jobsProcedures(services),
    layers: layersProcedures(services),
    logs: logsProcedures(services),
    networks: networksProcedures(services),
    processes: processesProcedures(services),
    prune: pruneProcedures(services),
    registries: registriesProcedures(services),
    samples: samplesProcedures(services),
    settings: settingsProcedures(services),
    stats: statsProcedures(services),
    terminals: terminalsProcedures(services),
    volumes: volumesProcedures(services),
  })
}

export type AppRouter = ReturnType<typeof createRouter>
