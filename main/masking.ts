/** Names whose values are kept from the screen until they are asked for. */
const secretName =
  /passw|passphrase|secret|token|api_?key|private_?key|access_?key|credential|auth(?!or)/i

/** What stands in place of a secret. */
export const mask = '••••••••'

export function isSecretName(name: string): boolean {
  return secretName.test(name)
}

export interface EnvironmentVariable {
  name: string
  value: string
  masked: boolean
}

/** Reads `NAME=value` lines as engines give them; values of secret names are masked unless `reveal`. */
export function readEnvironment(lines: string[], reveal: boolean): EnvironmentVariable[] {
  return lines.map((line) => {
    const at = line.indexOf('=')
    const name = at < 0 ? line : line.slice(0, at)
    const masked = !reveal && isSecretName(name)
    return { name, value: masked ? mask : at < 0 ? '' : line.slice(at + 1), masked }
  })
}

/** Labels or options with their values, of which those are masked that look secret unless `reveal`. */
export function maskPairs(
  pairs: Readonly<Record<string, string>> | null | undefined,
  reveal: boolean,
  isSecret: (name: string, value: string) => boolean = isSecretName,
): EnvironmentVariable[] {
  return Object.entries(pairs ?? {}).map(([name, value]) => {
    const masked = !reveal && value !== '' && isSecret(name, value)
    return { name, value: masked ? mask : value, masked }
  })
}

/**
 * An engine's answer as indented JSON with secrets masked unless `reveal`: strings under secret keys,
 * and the values of `NAME=value` strings in `Env` lists.
 */
export function inspectText(answer: unknown, reveal: boolean): string {
  return JSON.stringify(answer, reveal ? undefined : maskValue, 2)
}

function maskValue(key: string, value: unknown): unknown {
  if (typeof value === 'string' && value !== '' && isSecretName(key)) return mask
  if (key === 'Env' && Array.isArray(value)) {
    return value.map((line: unknown) => {
      const name = typeof line === 'string' ? (line.split('=', 1)[0] ?? '') : ''
      return isSecretName(name) ? `${name}=${mask}` : line
    })
  }
  return value
}
