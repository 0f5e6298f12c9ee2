import type { EngineRequest } from './recordingEngine'

/** One part of a path, which holds no other: names with slashes are encoded, or are an image's. */
const PART = '[^/]+'
const ID = '[a-f0-9]{64}'

/** Every route of the Engine API (and libpod's) that Longshore uses, without the version before it. */
const routes = [
  'GET /_ping',
  'GET /libpod/_ping',
  'GET /(?:libpod/)?(?:version|info|events)',
  'GET /(?:libpod/)?system/df',
  'GET /containers/json',
  'POST /containers/create',
  `GET (?:/libpod)?/containers/${ID}/(?:json|logs|changes|top|stats|export|archive|healthcheck)`,
  `POST (?:/libpod)?/containers/${ID}/(?:start|stop|restart|pause|unpause|kill|rename|update|wait|exec|attach|resize|init)`,
  `(?:HEAD|PUT) /containers/${ID}/archive`,
  `DELETE /containers/${ID}`,
  `POST /exec/${ID}/(?:start|resize)`,
  `GET /exec/${ID}/json`,
  'GET /images/(?:json|get)',
  'POST /images/(?:create|load)',
  `GET /images/(?:${PART}/)*${PART}/(?:json|get|history)`,
  `POST /images/(?:${PART}/)*${PART}/(?:tag|push)`,
  `DELETE /images/(?:${PART}/)*${PART}`,
  'POST /libpod/images/pull',
  `POST /libpod/images/${PART}/push`,
  'GET /(?:libpod/)?networks(?:/json)?',
  `GET (?:/libpod)?/networks/${PART}(?:/json)?`,
  'POST /(?:volumes|networks)/create',
  `POST /networks/${PART}/(?:connect|disconnect)`,
  `DELETE /networks/${PART}`,
  'GET /volumes',
  `(?:GET|DELETE) /volumes/${PART}`,
  'POST /(?:build|commit)',
].map((route) => new RegExp(`^${route}$`))

/** What Longshore may ask with; anything else came in through a value. */
const queryNames = new Set(
  (
    'all filters since until digests force v link size t signal name condition h w fromImage fromSrc tag repo platform ' +
    'names quiet stdout stderr follow timestamps tail details stdin stream logs detachKeys one-shot path noOverwriteDirNonDir ' +
    'copyUIDGID dockerfile target buildargs labels nocache pull rm forcerm networkmode version remote q ' +
    'container comment author pause changes type noprune reference policy tlsVerify quiet message ' +
    'restartPolicy restartRetries depend timeout volumes format ps_args cpuperiod squash layers outputformat jobs'
  ).split(' '),
)

const headerNames = new Set([
  'host',
  'connection',
  'upgrade',
  'content-type',
  'content-length',
  'transfer-encoding',
  'x-registry-auth',
  'x-registry-config',
  'expect',
])

/** Requests that go on by themselves while an engine is connected, or after it told something. */
const upkeep =
  /^GET (?:\/v[\d.]+)?\/(?:_ping|libpod\/_ping|version|info|events|containers\/json|images\/json|networks|libpod\/networks\/json|volumes|containers\/[a-f0-9]{64}\/(?:json|stats))(?:\?|$)/

export function isUpkeep({ method, url }: EngineRequest): boolean {
  return upkeep.test(`${method} ${url}`)
}

/** What is wrong with a request, in words; null: nothing. */
export function wrongWith({ method, url, headers }: EngineRequest): string | null {
  if (/[^\x21-\x7e]|#/.test(url)) return 'a character that is not encoded'
  const [path = '', query = '', ...more] = url.replace(/^\/v[\d.]+(?=\/)/, '').split('?')
  if (more.length > 0) return 'a second question mark'
  for (const part of path.split('/').flatMap((each) => decodeURIComponent(each).split('/'))) {
    if (part === '.' || part === '..') return 'a path that leads up'

    if (/[\x00-\x1f?#\\]/.test(part)) return 'a part that is no name'
  }
  if (!routes.some((route) => route.test(`${method} ${path}`))) return 'a route that is not used'
  for (const name of new URLSearchParams(query).keys()) {
    if (!queryNames.has(name)) return `a parameter "${name}" that nobody asks with`
  }
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index]?.toLowerCase() ?? ''
    if (!headerNames.has(name)) return `a header "${name}"`
    if (name.startsWith('x-registry-') && !/^[A-Za-z0-9_=-]*$/.test(headers[index + 1] ?? '')) {
      return `a header "${name}" that is not base64url`
    }
  }
  return null
}
