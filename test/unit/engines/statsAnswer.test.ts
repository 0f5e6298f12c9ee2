import { expect, test } from 'vitest'
import { dockerDialect } from '../../../main/engines/dialect/docker'
import { podmanDialect } from '../../../main/engines/dialect/podman'

/** As Podman 4.3.1 answered it for a container that had received 924 bytes and sent 764. */
const networks = { network: { rx_bytes: 764, rx_packets: 0, tx_bytes: 924, tx_packets: 0 } }
const answer = { read: '2026-01-01T00:00:00Z', networks, pids_stats: { current: 3 } }
const bytesOf = (received: number, sent: number) => ({
  network: expect.objectContaining({ rx_bytes: received, tx_bytes: sent }) as unknown,
})

test('before Podman 4.4 received and sent bytes are put the right way round', () => {
  const statsAnswer = (version: string) => podmanDialect.statsAnswer(answer, version)
  expect(statsAnswer('4.3.1')).toEqual({ ...answer, networks: bytesOf(924, 764) })
  expect(statsAnswer('4.4.0')).toEqual({ ...answer, networks: bytesOf(764, 924) })
  expect(statsAnswer('5.10.2')).toEqual({ ...answer, networks: bytesOf(764, 924) })
})

test('a network that nothing goes through, which Podman tells where there is none, is left out', () => {
  const silent = { ...answer, networks: { network: { rx_bytes: 0, tx_bytes: 0 } } }
  expect(podmanDialect.statsAnswer(silent, '4.3.1')).toEqual({ ...answer, networks: null })
  expect(podmanDialect.statsAnswer({ ...answer, networks: {} }, '5.4.0')).toMatchObject({
    networks: null,
  })
})

test.each([
  null,
  'text',
  { cause: 'no such container' },
  { networks: { network: { rx_bytes: '1' } } },
])('an answer without such figures stays as it is: %j', (raw) => {
  expect(podmanDialect.statsAnswer(raw, '4.3.1')).toEqual(raw)
})

test("Docker's answer stays as it is", () => {
  expect(dockerDialect.statsAnswer(answer, '20.10.24')).toBe(answer)
})
