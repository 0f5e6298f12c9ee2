import type { ContainerInfo } from 'dockerode'
import { z } from 'zod'
import {
  keptNameOf,
  type RecreationInput,
  type RecreationPlan,
} from '../../../preload/contract/recreation'
import { keysOf } from '../../engines/answers'
import type { InspectedConfig, InspectedContainer } from '../../engines/dialect/inspection'
import type { EngineLink } from '../../engines/handshake'
import { readEnvironment } from '../../masking'
import { listedName, plainName } from '../summary'
import { imageChanges } from './imageChanges'
import { isUp } from './inspected'
import { ownSettings } from './ownSettings'
import { prepare } from './prepare'
import { restartsUnasked } from './restarts'

/** Engines wait so long where nothing was said. */
const USUAL_STOP_SECONDS = 10

/** What making a container again would do, for the person to read before it is done. */
export async function planRecreation(
  link: EngineLink,
  input: RecreationInput,
): Promise<RecreationPlan> {
  const { container, before, after, reference, obstacle } = await prepare(link, input)
  const own = ownSettings(container, before?.config ?? {})
  return {
    reference,
    oldImage: { id: container.Image, createdAt: before?.createdAt ?? null },
    newImage: { id: after.id, createdAt: after.createdAt },
    ...(await standingOf(link, container)),
    changes: before ? imageChanges(before.config, after.config, own) : [],
    kept: keptOf(container, own),
    untoldAddresses: link.dialect.recreation.tellsFixedAddresses ? [] : addressesOf(container),
    obstacle,
  }
}

/** How a container stands among the others, which making it again touches. */
export async function standingOf(
  link: EngineLink,
  container: InspectedContainer,
): Promise<
  Pick<RecreationPlan, 'running' | 'stopSeconds' | 'keptName' | 'dependents' | 'keptRestarts'>
> {
  const all = await link.client.call((docker, abortSignal) =>
    docker.listContainers({ all: true, abortSignal }),
  )
  const names = all.flatMap(({ Names }) => Names.map(plainName))
  return {
    running: isUp(container),
    stopSeconds: container.Config.StopTimeout ?? USUAL_STOP_SECONDS,
    keptName: keptNameOf(container.Name, names),
    dependents: dependentsOf(container, all),
    keptRestarts: restartsUnasked(link, container),
  }
}

function keptOf(container: InspectedContainer, own: InspectedConfig): RecreationPlan['kept'] {
  return {
    environment: readEnvironment(own.Env ?? [], false).map(({ name }) => name),
    mounts: (container.Mounts ?? []).map(
      ({ Name, Source, Destination }) => `${Name || (Source ?? '')} → ${Destination}`,
    ),
    networks: keysOf(container.NetworkSettings.Networks),
    ports: keysOf(container.HostConfig.PortBindings),
  }
}

const listed = z.object({ HostConfig: z.object({ NetworkMode: z.string() }) })

/** Those that live in its network namespace; Docker's list tells them by its id, Podman's does not. */
function dependentsOf({ Id }: InspectedContainer, all: ContainerInfo[]): string[] {
  return all
    .filter((info) => listed.safeParse(info).data?.HostConfig.NetworkMode === `container:${Id}`)
    .map(listedName)
}

/** Only those in force now: addresses are given back when a container stops. */
function addressesOf({ NetworkSettings }: InspectedContainer): RecreationPlan['untoldAddresses'] {
  return Object.entries(NetworkSettings.Networks ?? {}).flatMap(([network, { IPAddress }]) =>
    IPAddress ? [{ network, address: IPAddress }] : [],
  )
}
