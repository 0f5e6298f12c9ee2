import { z } from 'zod'
import { compareVersions } from '../versions'

/** Until then, bytes that a container sent were told as received, and the other way round (podman #16628). */
const RIGHT_WAY_ROUND = '4.4'

const answerWithNetworks = z.looseObject({
  networks: z.record(z.string(), z.looseObject({ rx_bytes: z.number(), tx_bytes: z.number() })),
})

/**
 * An answer of `/containers/{id}/stats` as Docker would give it. A container without a network of its own
 * (in the host's, or in none) has none in it, where Podman tells one that nothing goes through.
 */
export function dockerStatsAnswer(raw: unknown, version: string): unknown {
  const answer = answerWithNetworks.safeParse(raw)
  if (!answer.success) return raw
  const used = Object.entries(answer.data.networks).filter(
    ([, { rx_bytes: received, tx_bytes: sent }]) => received > 0 || sent > 0,
  )
  const isSwapped = compareVersions(version, RIGHT_WAY_ROUND) < 0
  const networks = Object.fromEntries(
    used.map(([name, network]) => {
      const { rx_bytes: received, tx_bytes: sent } = network
      return [name, isSwapped ? { ...network, rx_bytes: sent, tx_bytes: received } : network]
    }),
  )
  return { ...answer.data, networks: used.length > 0 ? networks : null }
}
