import { parseReference } from '../../../preload/contract/reference'

/** What a person means by a name typed on a registry's page. */
export interface TypedRepository {
  /** Without the host: `library/nginx`. */
  repository: string
  tag: string | null
}

/**
 * Reads `team/app`, `team/app:1.0` or the whole name with this registry's host before it. Docker Hub's own
 * images need no `library/`. Null for what is no name, and for names of other registries.
 */
export function readTyped(host: string, text: string): TypedRepository | null {
  const trimmed = text.trim()
  const whole = trimmed.startsWith(`${host}/`) ? trimmed : `${host}/${trimmed}`
  const parsed = parseReference(whole)
  if (!parsed.ok || parsed.reference.domain.toLowerCase() !== host) return null
  const { path, tag, digest } = parsed.reference
  return { repository: path, tag: digest ?? tag ?? null }
}

/** The name of something in a registry as Docker shows it: `nginx:1`, `ghcr.io/team/app@sha256:…`. */
export function referenceTo(host: string, repository: string, tagOrDigest: string): string {
  const whole = `${host}/${repository}${tagOrDigest.includes(':') ? '@' : ':'}${tagOrDigest}`
  const parsed = parseReference(whole)
  return parsed.ok ? parsed.reference.familiar : whole
}
