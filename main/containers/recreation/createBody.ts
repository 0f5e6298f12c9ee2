import type { Dialect } from '../../engines/dialect/dialect'
import type { InspectedContainer } from '../../engines/dialect/inspection'
import type { InspectedImage } from './inspected'
import { networkingConfig, networkWishes, type NetworkWishes } from './networks'
import { ownSettings } from './ownSettings'
import { keptVolumes } from './volumes'

/** Compose compares it with the image that its file means, and would make the container yet again. */
const COMPOSE_IMAGE_LABEL = 'com.docker.compose.image'

export interface Creation {
  body: Record<string, unknown>
  networks: NetworkWishes
}

/**
 * What makes the same container from another image.
 *
 * @param container As the dialect's `settings` give it.
 * @param images `reference`: the name that the new container knows its image by.
 */
export function creationOf(
  container: InspectedContainer,
  images: { before: InspectedImage; after: InspectedImage; reference: string },
  { recreation }: Dialect,
  options: { keepAddresses: boolean },
): Creation {
  const { before, after, reference } = images
  const own = ownSettings(container, before.config)
  const networks = networkWishes(container, (endpoint, isFirst) =>
    recreation.fixedAddresses(endpoint, {
      configuredMac: isFirst ? container.Config.MacAddress : undefined,
      keepUntold: options.keepAddresses,
    }),
  )
  const volumes = keptVolumes(container)
  const mounted = new Set((container.Mounts ?? []).map(({ Destination }) => Destination))
  const anew = Object.entries(own.Volumes ?? {}).filter(([folder]) => !mounted.has(folder))
  const composeImage = container.Config.Labels?.[COMPOSE_IMAGE_LABEL]
  return {
    networks,
    body: {
      ...own,
      // Podman takes nothing from the image's check where one is given.
      ...(own.Healthcheck && {
        Healthcheck: { ...after.config.Healthcheck, ...own.Healthcheck },
      }),
      Image: reference,
      Volumes: Object.fromEntries(anew),
      Labels: {
        ...own.Labels,
        ...(composeImage === before.id && { [COMPOSE_IMAGE_LABEL]: after.id }),
      },
      HostConfig: {
        ...container.HostConfig,
        ...volumes,
        NetworkMode: networks.mode,
        Links: container.HostConfig.Links?.map(linkOf) ?? null,
      },
      ...networkingConfig(networks.first),
    },
  }
}

/** `db:alias` of `/db:/web/alias`, as inspections tell it. */
function linkOf(link: string): string {
  const [source = '', alias = ''] = link.split(':')
  return `${source.replace(/^\//, '')}:${alias.slice(alias.lastIndexOf('/') + 1)}`
}
