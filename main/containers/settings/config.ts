import { constants } from 'node:os'
import type { InspectedConfig } from '../../engines/dialect/inspection'
import { usualCheck } from '../recreation/ownSettings'

type Healthcheck = InspectedConfig['Healthcheck']

/**
 * A health check as a form has it; null: the image's. What equals the engine's default says nothing
 * where no image says otherwise.
 */
export function readHealthcheck(own: Healthcheck, image: Healthcheck): unknown {
  if (!own) return null
  const { Test: test } = own
  if (Array.isArray(test) && test[0] === 'NONE') return { kind: 'none' }
  const said = (field: string) => {
    const value = own[field]
    if (typeof value !== 'number' || value <= 0) return null
    return value === usualCheck[field] && !image?.[field] ? null : value
  }
  const millis = (field: string) => {
    const nanos = said(field)
    return nanos === null ? null : Math.max(1, Math.round(nanos / 1e6))
  }
  return {
    kind: 'check',
    test: testOf(test),
    intervalMillis: millis('Interval'),
    timeoutMillis: millis('Timeout'),
    startPeriodMillis: millis('StartPeriod'),
    retries: said('Retries'),
  }
}

function testOf(test: unknown): string | string[] | null {
  if (!Array.isArray(test)) return null
  const [kind, ...words] = test.map(String)
  if (kind === 'CMD-SHELL') return words.join(' ')
  return kind === 'CMD' ? words : test.map(String)
}

/** `SIGINT` of `2`, which Podman tells. */
export function signalName(signal: string | number): string {
  const text = String(signal).toUpperCase()
  if (!/^\d+$/.test(text)) return text
  return (
    Object.entries(constants.signals).find(([, number]) => number === Number(text))?.[0] ?? text
  )
}
