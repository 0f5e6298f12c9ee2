import { randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import type { Network } from '../preload/contract/networks'
import { engineCli, type EngineFacts } from './bed'
import { itemsOf, type Client } from './client'

/** A name for a network or a container that no other test has. */
export const newName = (prefix = 'net') => `${prefix}-${randomUUID().slice(0, 8)}`

/** Resolves with the network once it is told so. */
export async function untilNetwork(
  { api }: Client,
  engineId: string,
  fits: (network: Network) => boolean,
): Promise<Network> {
  const all = await itemsOf(api.networks.watch({ engineId }), (items) => items.some(fits))
  const network = all.find(fits)
  if (!network) throw new Error('No network fits.')
  return network
}

/** Resolves once no network has this name. */
export async function untilNoNetwork(
  { api }: Client,
  engineId: string,
  name: string,
): Promise<void> {
  await itemsOf(api.networks.watch({ engineId }), (items) =>
    items.every((network) => network.name !== name),
  )
}

/** A network by another client; it is removed after the test. */
export async function newNetwork(engine: EngineFacts, ...args: string[]): Promise<string> {
  const cli = engineCli(engine)
  const name = newName()
  await cli(['network', 'create', ...args, name])
  onTestFinished(async () => {
    await cli(['network', 'rm', name]).catch(() => undefined)
  })
  return name
}

/** A container that runs for ever by another client, or only made (`create`); it is removed after the test. */
export async function newContainer(
  engine: EngineFacts,
  { busybox, args = [], start = true }: { busybox: string; args?: string[]; start?: boolean },
): Promise<{ id: string; name: string }> {
  const cli = engineCli(engine)
  const name = newName('box')
  const verb = start ? ['run', '--detach'] : ['create']
  const id = await cli([...verb, '--name', name, ...args, busybox, 'sleep', '1000'])
  onTestFinished(async () => {
    await cli(['rm', '--force', name]).catch(() => undefined)
  })
  return { id, name }
}
