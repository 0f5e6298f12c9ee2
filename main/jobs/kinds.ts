import type { Engines } from '../engines/engines'
import { pullImage, pushImage } from '../images/transfer'
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
    pull: (request) => pullImage(services, request),
    push: (request) => pushImage(services, request),
    samples: ({ engineId }) => makeSamples(engines.get(engineId)),
  }
}
