import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { makeAuthority, type Certificate } from './certificates'
import type { Credentials } from './registry'
import { parseScopes, signToken, type Access } from './tokens'

/** Everybody may pull what has such a name. */
const PUBLIC_REPOSITORY = /^public\//
const LIFETIME_SECONDS = 300
const ISSUER = 'Longshore test bed tokens'
const SERVICE = 'Longshore test registry'

/** A request for a token and what came of it. */
export interface TokenRequest {
  method: string
  /** How the client proved who it is; for OAuth2 the `grant_type`. */
  proof: 'none' | 'basic' | 'password' | 'refresh_token' | 'unknown'
  status: number
  /** The scopes that were asked for, as `repository:bed/app:pull,push`. */
  scopes: string[]
}

export interface TokenServer {
  /** `http://127.0.0.1:port/token` */
  realm: string
  /** An address that answers GET with the JSON of every `TokenRequest` so far. */
  requestsUrl: string
  /** A refresh token of the user, which `docker login` calls an identity token. */
  identityToken: string
  service: string
  issuer: string
  /** PEM file of what its signatures are checked with. */
  certificateFile: string
  stop(): Promise<void>
}

/**
 * Starts a token server in this process, as Docker's registry token specification describes it
 * (https://distribution.github.io/distribution/spec/auth/token/ and .../oauth/): GET with HTTP Basic
 * or with nothing, POST with `grant_type` `password` or `refresh_token`. The user gets every scope
 * that is asked for; nobody in particular gets to pull `public/...`; a wrong password or refresh token is
 * refused with 401.
 */
export async function startTokenServer(folder: string, user: Credentials): Promise<TokenServer> {
  const signer = makeAuthority(folder)
  const identityToken = randomBytes(24).toString('base64url')
  const requests: TokenRequest[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (url.pathname === '/requests') {
      sendJson(response, 200, requests)
      return
    }
    readQuestion(request, url).then(
      (question) => {
        const answer = decide(question, { user, identityToken, signer })
        const scopes = question.scopes.map(scopeText)
        const { method, proof } = question
        requests.push({ method, proof: proof.kind, status: answer.status, scopes })
        sendJson(response, answer.status, answer.body)
      },
      () => response.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A bed that fails to start leaves it behind; the process ends all the same.
  server.unref()
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    realm: `${origin}/token`,
    requestsUrl: `${origin}/requests`,
    identityToken,
    service: SERVICE,
    issuer: ISSUER,
    certificateFile: signer.certificateFile,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type Proof =
  | { kind: 'none' | 'unknown' }
  | { kind: 'basic' | 'password'; user: string; password: string }
  | { kind: 'refresh_token'; token: string }

interface Question {
  method: string
  proof: Proof
  scopes: Access[]
  /** Whether the client wants a refresh token too. */
  offline: boolean
}

async function readQuestion(request: IncomingMessage, url: URL): Promise<Question> {
  const method = request.method ?? ''
  if (method === 'POST') {
    const form = new URLSearchParams(await text(request))
    const offline = form.get('access_type') === 'offline'
    return { method, offline, proof: formProof(form), scopes: parseScopes(form.getAll('scope')) }
  }
  return {
    method,
    offline: url.searchParams.get('offline_token') === 'true',
    proof: headerProof(request.headers.authorization),
    scopes: parseScopes(url.searchParams.getAll('scope')),
  }
}

function headerProof(authorization: string | undefined): Proof {
  if (authorization === undefined) return { kind: 'none' }
  const [, encoded] = /^Basic (.+)$/i.exec(authorization) ?? []
  if (encoded === undefined) return { kind: 'unknown' }
  const [, user = '', password = ''] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? []
  return { kind: 'basic', user, password }
}

function formProof(form: URLSearchParams): Proof {
  const field = (name: string) => form.get(name) ?? ''
  const grantType = form.get('grant_type')
  if (grantType === 'password') {
    return { kind: grantType, user: field('username'), password: field('password') }
  }
  if (grantType === 'refresh_token') return { kind: grantType, token: field('refresh_token') }
  return { kind: 'unknown' }
}

function decide(
  { proof, scopes, offline, method }: Question,
  known: { user: Credentials; identityToken: string; signer: Certificate },
): { status: number; body: unknown } {
  const { user, identityToken, signer } = known
  const isUser =
    'password' in proof
      ? proof.user === user.user && proof.password === user.password
      : 'token' in proof && proof.token === identityToken
  if (!isUser && proof.kind !== 'none') {
    const message = 'The token server knows no such user.'
    return { status: 401, body: { errors: [{ code: 'UNAUTHORIZED', message }] } }
  }
  const access = isUser ? scopes : scopes.flatMap(publicPart)
  const token = signToken(signer, {
    issuer: ISSUER,
    audience: SERVICE,
    subject: isUser ? user.user : '',
    lifetimeSeconds: LIFETIME_SECONDS,
    access,
  })
  const common = { access_token: token, expires_in: LIFETIME_SECONDS }
  const refresh = isUser && offline ? { refresh_token: identityToken } : {}
  const body =
    method === 'POST'
      ? { ...common, ...refresh, scope: access.map(scopeText).join(' ') }
      : { ...common, ...refresh, token }
  return { status: 200, body }
}

function publicPart({ type, name, actions }: Access): Access[] {
  const isPublic = type === 'repository' && PUBLIC_REPOSITORY.test(name)
  return isPublic && actions.includes('pull') ? [{ type, name, actions: ['pull'] }] : []
}

function scopeText({ type, name, actions }: Access): string {
  return `${type}:${name}:${actions.join(',')}`
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
