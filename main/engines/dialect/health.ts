/** How an engine tells of health checks beyond what both tell. */
export interface HealthDialect {
  /** The route that runs a container's check at once; null: there is none. */
  runPath: ((id: string) => string) | null
}

export const dockerHealth: HealthDialect = { runPath: null }

export const podmanHealth: HealthDialect = {
  runPath: (id) => `/libpod/containers/${id}/healthcheck`,
}
