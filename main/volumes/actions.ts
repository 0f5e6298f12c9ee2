import type { Outcomes } from '../../preload/contract/base'
import { say } from '../../preload/contract/say'
import type { CreateVolumeInput } from '../../preload/contract/volumes'
import { dial } from '../engines/dial'
import { getJson } from '../engines/getJson'
import type { EngineLink } from '../engines/handshake'
import { postJson } from '../engines/postJson'
import { Failure, toFailure } from '../errors'
import { forEachItem } from '../outcomes'
import { listUsers } from './list'
import { listedVolume } from './summary'

export type VolumeToCreate = Omit<CreateVolumeInput, 'engineId'>

/**
 * Makes a volume. A name that is taken is refused (`conflict`): engines would answer with the volume that
 * is there, whatever its driver and options.
 *
 * @returns its name
 */
export async function createVolume(
  link: EngineLink,
  { name, driver = 'local', options = [], labels = [] }: VolumeToCreate,
  signal?: AbortSignal,
): Promise<string> {
  if (name !== undefined && (await isThere(link, name, signal))) throw nameTaken(name)
  const body = {
    ...(name !== undefined && { Name: name }),
    Driver: driver,
    DriverOpts: Object.fromEntries(options.map((option) => [option.name, option.value])),
    Labels: Object.fromEntries(labels.map((label) => [label.name, label.value])),
  }
  try {
    const made = await postJson(
      link.client,
      { path: '/volumes/create', query: {}, body },
      // A plugin may have to reach a machine far away.
      { signal, timeoutMillis: 120_000 },
    )
    return listedVolume.parse(made).Name
  } catch (error) {
    throw asCreateFailure(error, driver)
  }
}

export async function isThere(
  link: EngineLink,
  name: string,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    await getJson(link.client, `/volumes/${encodeURIComponent(name)}`, { signal })
    return true
  } catch (error) {
    if (toFailure(error).code === 'not-found') return false
    throw error
  }
}

export function nameTaken(name: string): Failure {
  return new Failure('conflict', say`There is a volume "${name}" already.`, {
    hint: say`Choose another name, or use the one that is there.`,
  })
}

/** What an engine said against a new volume, in words: drivers and their options are typed by hand. */
function asCreateFailure(error: unknown, driver: string): unknown {
  const { engineMessage = '' } = toFailure(error)
  if (/plugin.*not (?:be retrieved|found)|could not be retrieved/i.test(engineMessage)) {
    return new Failure('invalid-input', say`The engine has no volume driver "${driver}".`, {
      engineMessage,
      hint: say`Use "local", or install the plugin first.`,
    })
  }
  if (/invalid (?:mount )?option|missing required option|not supported/i.test(engineMessage)) {
    return new Failure('invalid-input', say`The driver does not take these options.`, {
      engineMessage,
      hint: say`The local driver knows type, device and o, as mount(8) does.`,
    })
  }
  return error
}

/**
 * Removes volumes with all that is in them. One that a container uses is refused (`conflict`) with the
 * containers' names, running or not.
 */
export async function removeVolumes(link: EngineLink, ids: string[]): Promise<Outcomes> {
  const users = await listUsers(link)
  return forEachItem(ids, async (id) => {
    const names = users.get(id)
    if (names) throw inUse(names)
    try {
      await removeVolume(link, id)
    } catch (error) {
      const failure = toFailure(error)
      // One that was made since the list.
      if (failure.code === 'conflict') throw inUse((await listUsers(link)).get(id) ?? [], failure)
      throw error
    }
    return true
  })
}

export async function removeVolume(link: EngineLink, id: string): Promise<void> {
  await link.client.call((docker, abortSignal) =>
    dial(docker, {
      path: `/volumes/${encodeURIComponent(id)}`,
      method: 'DELETE',
      abortSignal,
      statusCodes: { 200: true, 204: true },
    }),
  )
}

function inUse(names: string[], failure?: Failure): Failure {
  const engineMessage = failure?.engineMessage
  if (names.length === 0) {
    return new Failure('conflict', say`It is in use.`, {
      engineMessage,
      hint: say`Remove what uses it first.`,
    })
  }
  return new Failure(
    'conflict',
    names.length === 1
      ? say`The container ${names.join('')} uses it.`
      : say`Containers use it: ${names.join(', ')}.`,
    {
      engineMessage,
      hint: say`Remove them first; stopping is not enough.`,
    },
  )
}
