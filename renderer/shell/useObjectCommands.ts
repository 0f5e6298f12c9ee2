import { Container, HardDrive, Layers, Network, Warehouse } from '@lucide/vue'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useContainers } from '../containers/store'
import { useImages } from '../images/store'
import { imageName } from '../images/names'
import { useNetworks } from '../networks/store'
import { knownRegistries } from '../registries/known'
import { registryPath } from '../registries/paths'
import { useRegistries } from '../registries/store'
import { useVolumes } from '../volumes/store'
import { volumeName } from '../volumes/names'
import { useWords } from '../words'
import { useCommands, type Command } from './commands'

/** Everything of the engine that is shown, by name, wherever one is. */
export function useObjectCommands() {
  const { t } = useWords()
  const router = useRouter()
  const route = useRoute()
  const containers = useContainers()
  const images = useImages()
  const volumes = useVolumes()
  const networks = useNetworks()
  const registries = useRegistries()

  const open = (path: string, id: string) => () => router.push(`/${path}/${encodeURIComponent(id)}`)
  const openLabel = (name: string) => t('containers.palette.open', { name })

  const ofContainers = computed(() =>
    // The page of all engines has these beside the others'.
    [...(route.path === '/all' ? [] : containers.items.values())].map((container): Command => ({
      id: `containers-open-${container.id}`,
      label: openLabel(container.name),
      icon: Container,
      detail: container.image,
      run: open('containers', container.id),
    })),
  )
  const ofImages = computed(() =>
    [...images.items.values()].map((image): Command => ({
      id: `images-open-${image.id}`,
      label: openLabel(imageName(image)),
      icon: Layers,
      detail: t('shell.palette.kinds.image'),
      run: open('images', image.id),
    })),
  )
  const ofVolumes = computed(() =>
    [...volumes.items.values()].map((volume): Command => ({
      id: `volumes-open-${volume.id}`,
      label: openLabel(volumeName(volume)),
      icon: HardDrive,
      detail: t('shell.palette.kinds.volume'),
      run: open('volumes', volume.id),
    })),
  )
  const ofNetworks = computed(() =>
    [...networks.items.values()].map((network): Command => ({
      id: `networks-open-${network.id}`,
      label: openLabel(network.name),
      icon: Network,
      detail: t('shell.palette.kinds.network'),
      run: open('networks', network.id),
    })),
  )
  const ofRegistries = computed(() =>
    knownRegistries({
      logins: registries.list,
      settings: registries.settings,
      references: [...images.items.values()].flatMap(({ references }) => references),
    }).map(({ host }): Command => ({
      id: `registries-open-${host}`,
      label: t('registries.openHost', { host }),
      icon: Warehouse,
      run: () => router.push(registryPath(host)),
    })),
  )

  useCommands(
    computed(() => [
      ...ofContainers.value,
      ...ofImages.value,
      ...ofVolumes.value,
      ...ofNetworks.value,
      ...ofRegistries.value,
    ]),
    { last: true },
  )
}
