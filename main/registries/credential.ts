import { serverAddress } from './hosts'

/** What proves to a registry who is asking. */
export type Credential =
  | { kind: 'password'; username: string; password: string }
  /** An OAuth2 refresh token, which Docker calls an identity token. */
  | { kind: 'identity-token'; token: string }

/** The same as the app's own store has it. */
export type KeptLogin = { username: string; password: string } | { identityToken: string }

export function keptLoginOf(credential: Credential): KeptLogin {
  return credential.kind === 'password'
    ? { username: credential.username, password: credential.password }
    : { identityToken: credential.token }
}

export function credentialOf(login: KeptLogin): Credential {
  return 'identityToken' in login
    ? { kind: 'identity-token', token: login.identityToken }
    : { kind: 'password', ...login }
}

/**
 * The `X-Registry-Auth` header of pull and push (Engine API, "Authentication").
 *
 * @param credential - null asks anonymously: Docker 20.10 refuses a push without the header
 */
export function registryAuthHeader(credential: Credential | null, host: string): string {
  return encode(credential === null ? {} : authConfig(credential, host))
}

/** The `X-Registry-Config` header of a build: all credentials it may need, by registry. */
export function registryConfigHeader(
  credentials: Iterable<{ host: string; credential: Credential }>,
): string {
  const configs: Record<string, AuthConfig> = {}
  for (const { host, credential } of credentials) {
    configs[serverAddress(host)] = authConfig(credential, host)
  }
  return encode(configs)
}

type AuthConfig =
  | { username: string; password: string; serveraddress: string }
  | { identitytoken: string; serveraddress: string }

function authConfig(credential: Credential, host: string): AuthConfig {
  const serveraddress = serverAddress(host)
  return credential.kind === 'password'
    ? { username: credential.username, password: credential.password, serveraddress }
    : { identitytoken: credential.token, serveraddress }
}

/** Base64 with the URL alphabet and with padding, as Go's `base64.URLEncoding` demands. */
function encode(value: unknown): string {
  const base64 = Buffer.from(JSON.stringify(value)).toString('base64')
  return base64.replaceAll('+', '-').replaceAll('/', '_')
}
