import { isSecretName, mask } from './masking'

/** A shorter secret stands in a text by chance, too. */
const leastKnown = 4

/** What is a secret by its looks: private keys, JSON web tokens, tokens of the usual services. */
const secretLooks = [
  /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,20}PRIVATE KEY-----|$)/g,
  /\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?/g,
  /\b(?:gh[pousr]_|github_pat_|dckr_(?:pat|oat)_|glpat-|xox[abprs]-|AKIA|sk-)[\w-]{8,}/g,
]
const credentials = /\b(Bearer|Basic)(\s{1,8})[\w.~+/=-]{4,}/gi
/** Who logs in, in an address: `//user:password@`. */
const userInfo = /\/\/[^\s/@"'\\]{1,256}@/g

/**
 * What says that a value of this name follows: `"name": `, also inside of another JSON text, where quotes
 * are escaped; `--name `; `NAME=`; `Name: `.
 */
const naming =
  /(\\{0,15}["'])([\w.-]{1,64})\1\s{0,8}[:=]\s{0,8}|--?([\w-]{1,64})(?:\s{1,8}|=)|\b([\w.-]{1,64})(?:=|:\s{1,8})/g
const quote = /(\\{0,15})(["'])/y
/** What is not quoted ends with a space or a quote; one that is escaped may be a part of it. */
const bare = /(?:\\.|[^\s"'\\{[])(?:\\.|[^\s"'\\])*/y

/**
 * A text without the secrets in it, to be handed to somebody else: those that are `known`, wherever they
 * stand; what stands behind a secret name; what looks like a secret; and users in addresses. The person's
 * home folder is told as `~`. Where it is not clear where a secret ends, more is masked than it.
 */
export function maskText(text: string, known: readonly string[] = [], home = ''): string {
  const literal = [...known]
    .filter((secret) => secret.length >= leastKnown)
    .sort((a, b) => b.length - a.length)
    .reduce((masked, secret) => masked.replaceAll(secret, mask), text)
  const looks = secretLooks.reduce((masked, look) => masked.replace(look, mask), literal)
  const named = maskNamed(looks.replace(userInfo, `//${mask}@`).replace(credentials, `$1$2${mask}`))
  return home.length > 1 ? named.replaceAll(home, '~') : named
}

function maskNamed(text: string): string {
  let masked = ''
  let done = 0
  naming.lastIndex = 0
  for (let found = naming.exec(text); found; found = naming.exec(text)) {
    const name = found[2] ?? found[3] ?? found[4] ?? ''
    if (!isSecretName(name)) continue
    const from = naming.lastIndex
    const [begin, end] = valueAt(text, from)
    if (end === begin) continue
    masked += text.slice(done, begin) + mask
    done = end
    naming.lastIndex = Math.max(end, from)
  }
  return masked + text.slice(done)
}

/** Where the value at `from` begins and ends, its quotes left out; the end of the line where it is not closed. */
function valueAt(text: string, from: number): [begin: number, end: number] {
  quote.lastIndex = bare.lastIndex = from
  const opened = quote.exec(text)
  if (!opened) return [from, from + (bare.exec(text)?.[0].length ?? 0)]
  const [, escapes = '', mark = ''] = opened
  const begin = from + opened[0].length
  const line = text.indexOf('\n', begin)
  const most = line < 0 ? text.length : line
  for (let at = text.indexOf(mark, begin); at >= 0 && at < most; at = text.indexOf(mark, at + 1)) {
    let before = 0
    while (at - before > begin && text[at - before - 1] === '\\') before++
    // A quote inside of the value has more escapes than those around it.
    const closes = escapes === '' ? before % 2 === 0 : before === escapes.length
    if (closes) return [begin, at - (escapes === '' ? 0 : before)]
  }
  return [begin, most]
}
