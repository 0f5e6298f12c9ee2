import type { ErrorCode } from '../../preload/contract/errors'
import { say } from '../../preload/contract/say'
import { diskFull, Failure } from '../errors'
import { RegistryFailure } from '../registries/protocol/failures'

interface Meaning {
  /** What the engine's words have, in whatever sentence. */
  words: RegExp
  code: ErrorCode
  message: () => string
  hint: () => string
  /** The same may work a little later. */
  passes?: boolean
}

/** The first that fits counts. Docker, containerd and containers/image say them each in their own way. */
const meanings: readonly Meaning[] = [
  {
    words: /too many requests|toomanyrequests|\b429\b/i,
    code: 'engine-error',
    message: () => say`The registry asks to wait: too many requests.`,
    hint: () => say`Log in to the registry, or try again later.`,
  },
  {
    words: /no matching manifest|no image found in (?:manifest list|image index)/i,
    code: 'not-found',
    message: () => say`There is no image for this platform.`,
    hint: () => say`Choose one of the platforms that the image is there for.`,
  },
  {
    words:
      /(?:HTTP status:?|status code:?|error:|invalid status code from registry) 5\d\d\b|\b50[0234] (?:internal server error|bad gateway|service unavailable|gateway time-?out)/i,
    code: 'engine-error',
    message: () => say`The registry could not answer.`,
    hint: () => say`The fault is on its side: try again later, or tell its administrator.`,
    passes: true,
  },
  {
    // A registry answers so for what does not exist, too, so that nobody can guess names.
    words: /unauthorized|authentication required|no basic auth|denied|forbidden|\b403\b/i,
    code: 'unauthorized',
    message: () => say`The registry refused access.`,
    hint: () =>
      say`Check the name, and log in on the Registries page with an account that may use it.`,
  },
  {
    words: /server gave HTTP response to HTTPS client|x509|certificate/i,
    code: 'engine-error',
    message: () => say`The registry's certificate is not trusted by the engine.`,
    hint: () =>
      say`The settings of this registry, on the Registries page, say what the engine needs.`,
  },
  {
    words: /manifest unknown|not found|does not exist|no such image|name unknown/i,
    code: 'not-found',
    message: () => say`There is no such image.`,
    hint: () => say`Check the name and the tag.`,
  },
  {
    words: /no such host|connection refused|network is unreachable|no route to host/i,
    code: 'engine-error',
    message: () => say`The engine could not reach the registry.`,
    hint: () => say`Check the registry's address and the network of the engine.`,
  },
  {
    words: /EOF$|connection reset|broken pipe|closed network connection|unexpected EOF/i,
    code: 'engine-error',
    message: () => say`The connection to the registry broke off.`,
    hint: () => say`Try again: layers that arrived are not moved twice.`,
    passes: true,
  },
  {
    words: /timeout|deadline exceeded/i,
    code: 'timeout',
    message: () => say`The registry did not answer the engine in time.`,
    hint: () => say`Try again; check the network of the engine if this goes on.`,
    passes: true,
  },
]

/** What an engine said in the middle of a pull or push, as a failure with words for a person. */
export function transferFailure(engineMessage: string): Failure {
  if (/no space left on device/i.test(engineMessage)) return diskFull({ engineMessage })
  const meaning = meanings.find(({ words }) => words.test(engineMessage))
  if (meaning === undefined) {
    return new Failure('engine-error', say`The transfer failed.`, { engineMessage })
  }
  const { code, message, hint, passes = false } = meaning
  return new RegistryFailure(
    { code, message: message(), hint: hint() },
    { engineMessage, retry: { isRetryable: passes, retryAfterMillis: null } },
  )
}
