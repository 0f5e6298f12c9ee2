import { createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Certificate } from './certificates'

/**
 * What a token allows, or a client asks for: `repository:<name>:pull,push` or `registry:catalog:*` as
 * it stands in a scope (https://distribution.github.io/distribution/spec/auth/scope/).
 */
export interface Access {
  type: string
  name: string
  actions: string[]
}

export interface TokenClaims {
  issuer: string
  /** The service that the token is for. */
  audience: string
  /** Whose token it is; empty for nobody's. */
  subject: string
  lifetimeSeconds: number
  access: Access[]
}

/**
 * Reads scopes: parameters may be repeated and each may hold several with spaces between. A
 * repository's name may have colons (`host:port/name`), so the first and the last one divide.
 */
export function parseScopes(parameters: string[]): Access[] {
  return parameters
    .flatMap((parameter) => parameter.split(' '))
    .flatMap((scope) => {
      const [, type = '', name = '', actions = ''] = /^([^:]+):(.+):([^:]*)$/.exec(scope) ?? []
      return type ? [{ type, name, actions: actions.split(',').filter(Boolean) }] : []
    })
}

/**
 * Signs a JSON Web Token (RFC 7519, ES256) that docker-registry accepts: it finds the key in the
 * header's `x5c` and looks for that certificate in its root bundle
 * (https://distribution.github.io/distribution/spec/auth/jwt/).
 *
 * @param signer Its key is on the curve P-256.
 */
export function signToken(signer: Certificate, claims: TokenClaims): string {
  const certificate = new X509Certificate(readFileSync(signer.certificateFile))
  const nowSeconds = Math.floor(Date.now() / 1000)
  const header = { typ: 'JWT', alg: 'ES256', x5c: [certificate.raw.toString('base64')] }
  const payload = {
    iss: claims.issuer,
    sub: claims.subject,
    aud: claims.audience,
    iat: nowSeconds,
    nbf: nowSeconds,
    exp: nowSeconds + claims.lifetimeSeconds,
    jti: randomUUID(),
    access: claims.access,
  }
  const signed = [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const key = createPrivateKey(readFileSync(signer.keyFile))
  // JWS wants the bare pair of numbers (RFC 7518, 3.4), not OpenSSL's DER.
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${signature.toString('base64url')}`
}
