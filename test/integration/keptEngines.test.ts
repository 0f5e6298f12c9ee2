import { expect, inject, test } from 'vitest'
import { firstOf, openClient } from '../client'

const bed = inject('bed')
const settingsOf = (address: string) => ({ name: '', address, tls: null, ssh: null })

test('engines that were added stay kept in a run that was asked for one engine, also when another is added', async () => {
  const first = await openClient({ engine: null })
  const { dataFolder } = first
  await first.api.engines.add(settingsOf('unix:///run/kept.sock'))
  await first.close()

  const asked = await openClient({ engine: bed.docker.socket, dataFolder })
  await asked.engine()
  await asked.api.engines.add(settingsOf(bed.podman.socket))
  // Known here already, though this run does not connect to it: it is kept once.
  await asked.api.engines.add(settingsOf('unix:///run/kept.sock'))
  await asked.close()

  const last = await openClient({ engine: null, dataFolder })
  const { engines } = await firstOf(last.api.engines.watch(), (message) => !message.searching)
  expect(engines.map(({ settings }) => settings?.address)).toEqual([
    bed.podman.socket,
    'unix:///run/kept.sock',
  ])
})
