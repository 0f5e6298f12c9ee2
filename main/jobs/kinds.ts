import { buildImage } from '../builds/build'
import { copyImage } from '../copies/copyImage'
import type { Engines } from '../engines/engines'
import { pullImage } from '../images/pull'
import { pushImages } from '../images/push'
import type { Registries } from '../registries/registries'
import { makeSamples } from '../samples/samples'
import type { JobKinds } from './jobs'

/** What jobs work with. */
export interface JobServices {
  engines: Engines
  registries: Registries
}

/** How each kind of job is done: the one list of what runs as a job. */
export function jobKinds(services: JobServices): JobKinds {
  const { engines } = services
  return {
    build: (request) => buildImage(services, request),
    copy: (request) => copyImage(services, request),
    pull: (request) => pullImage(services, request),
    push: (request) => pushImages(services, request),
    samples: ({ engineId }) => makeSamples(engines.get(engineId)),
  }
}
