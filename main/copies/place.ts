import type { RegistryApi } from '../registries/protocol/types'

/** One repository of a registry. */
export interface Place {
  api: RegistryApi
  /** Without the host: `library/nginx`. */
  repository: string
}
