/** What a server asks for in `WWW-Authenticate`. */
export interface Challenge {
  /** In lower case: `basic`, `bearer`. */
  scheme: string
  /** Names in lower case: `realm`, `service`, `scope`. */
  parameters: ReadonlyMap<string, string>
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
/** A parameter (quoted or not), or else the scheme that begins a challenge. */
const ELEMENT = new RegExp(
  `[\\s,]*(?:(${TOKEN})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${TOKEN}))|(${TOKEN})(?=[\\s,]|$))`,
  'y',
)

/**
 * Reads a `WWW-Authenticate` header (RFC 9110, section 11.6.1), which may hold several challenges.
 * Stops at the first thing that does not belong; what came before counts.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = []
  ELEMENT.lastIndex = 0
  for (let match = ELEMENT.exec(header); match !== null; match = ELEMENT.exec(header)) {
    const [, name, quoted, plain, scheme] = match
    if (scheme !== undefined) {
      challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() })
    } else if (name !== undefined) {
      const value = quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1')
      challenges.at(-1)?.parameters.set(name.toLowerCase(), value)
    }
  }
  return challenges
}
