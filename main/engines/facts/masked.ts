import type { EngineFacts } from '../../../preload/contract/engineFacts'
import { inspectText, isSecretName, mask } from '../../masking'
import type { ToldFacts } from '../dialect/facts'
import { topicOf } from './warnings'

/** Facts as they are shown: without the credentials of proxies and mirrors, and values of labels that look secret. */
export function maskFacts(told: ToldFacts): EngineFacts {
  const { proxies, registries, labels, warnings } = told
  return {
    ...told,
    proxies: { ...proxies, http: maskProxy(proxies.http), https: maskProxy(proxies.https) },
    registries: { ...registries, mirrors: registries.mirrors?.map(maskAddress) ?? null },
    labels: labels?.map(maskLabel) ?? null,
    warnings: warnings.map((text) => ({ text: maskAddress(text), topic: topicOf(text) })),
  }
}

/** The engine's answers as indented JSON; masked unless `reveal`. */
export function rawText(answers: unknown, reveal: boolean): string {
  return inspectText(reveal ? answers : masked('', answers), reveal)
}

/** A copy of an answer in which no text holds credentials. */
function masked(key: string, value: unknown): unknown {
  if (typeof value === 'string')
    return /^https?_?proxy$/i.test(key) ? maskProxy(value) : maskAddress(value)
  if (Array.isArray(value)) {
    return value.map((each: unknown) => {
      return key === 'Labels' && typeof each === 'string' ? maskLabel(each) : masked(key, each)
    })
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, masked(name, each)]))
}

/** `http://user:password@proxy:3128`, with or without its scheme; a password may hold an `@` or a `/`. */
function maskProxy<Told extends string | null>(proxy: Told): Told | string {
  return proxy?.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/i, `$1${mask}@`) ?? proxy
}

/** Addresses in a text. */
function maskAddress(text: string): string {
  return text.replace(/(:\/\/)[^\s/@]*@/g, `$1${mask}@`)
}

/** `name=value` */
function maskLabel(label: string): string {
  const at = label.indexOf('=')
  if (at < 0) return maskAddress(label)
  const name = label.slice(0, at)
  return isSecretName(name) ? `${name}=${mask}` : maskAddress(label)
}
