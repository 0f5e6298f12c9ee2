import type { JobKind, JobRequests } from '../../preload/contract/jobRequest'
import { importImage } from '../archives/importImage'
import { loadImages } from '../archives/load'
import { exportContainer, saveImages } from '../archives/save'
import { buildImage } from '../builds/build'
import { commitContainer } from '../containers/commit/commit'
import { waitForExit } from '../containers/exits/wait'
import { copyImage } from '../copies/copyImage'
import type { Engines } from '../engines/engines'
import { downloadFiles } from '../files/download'
import type { Files } from '../files/files'
import { pruneImages } from '../images/prune'
import { pullImage } from '../images/pull'
import { pushImages } from '../images/push'
import type { FactsKeeper } from '../layers/factsKeeper'
import { saveLog } from '../logs/save'
import type { Registries } from '../registries/registries'
import { makeSamples } from '../samples/samples'
import { backUpVolume } from '../volumes/backup'
import { cloneVolume } from '../volumes/clone'
import { pruneVolumes } from '../volumes/prune'
import { restoreVolume } from '../volumes/restore'
import type { Prepare, Work } from './jobs'

/** What jobs work with. */
export interface JobServices {
  engines: Engines
  files: Files
  registries: Registries
  layerFacts: FactsKeeper
}

/** How each kind of job is done. */
type JobKinds = { [Kind in JobKind]: (request: JobRequests[Kind]) => Work }

/** The one list of what runs as a job. */
function jobKinds(services: JobServices): JobKinds {
  const { engines } = services
  return {
    backup: (request) => backUpVolume(services, request),
    build: (request) => buildImage(services, request),
    clone: (request) => cloneVolume(services, request),
    commit: (request) => commitContainer(services, request),
    copy: (request) => copyImage(services, request),
    download: (request) => downloadFiles(services, request),
    export: (request) => exportContainer(services, request),
    import: (request) => importImage(services, request),
    load: (request) => loadImages(services, request),
    prune: (request) => pruneImages(services, request),
    pruneVolumes: (request) => pruneVolumes(services, request),
    pull: (request) => pullImage(services, request),
    push: (request) => pushImages(services, request),
    restore: (request) => restoreVolume(services, request),
    save: (request) => saveImages(services, request),
    saveLog: (request) => saveLog(services, request),
    wait: (request) => waitForExit(services, request),
    samples: ({ engineId }) => makeSamples(engines.get(engineId)),
  }
}

/** What a request comes to, by its kind. */
export function prepareJobs(services: JobServices): Prepare {
  const kinds = jobKinds(services)
  return (request) => workOf(kinds, request)
}

/** Generic, so that the request is of the kind that it is looked up by. */
function workOf<Kind extends JobKind>(
  kinds: JobKinds,
  request: JobRequests[Kind] & { kind: Kind },
): Work {
  return kinds[request.kind](request)
}
