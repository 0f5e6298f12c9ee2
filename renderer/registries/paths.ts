/** The page of a registry; of none, the list of them. */
export function registryPath(host: string | null): string {
  return host === null ? '/registries' : `/registries/${encodeURIComponent(host)}`
}
