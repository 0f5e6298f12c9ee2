import { ScrollText } from '@lucide/vue'
import { computed, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import type { Container } from '../../preload/contract/containers'
import { useContainers } from '../containers/store'
import { useCommands, type Command } from '../shell/commands'
import { useWords } from '../words'
import { containersOfProject, logsPath } from './sources'

/** The ways to logs, for the palette: of the chosen containers together, of each project, of each container. */
export function useOpenLogsCommands(chosen: Readonly<Ref<readonly Container[]>>) {
  const { t } = useWords()
  const router = useRouter()
  const store = useContainers()

  const together = computed((): Command[] => {
    const [first] = chosen.value
    if (!first) return []
    return [
      {
        id: 'logs-together',
        label: t('logs.palette.together', { name: first.name }, chosen.value.length),
        icon: ScrollText,
        run: () => router.push(logsPath(chosen.value)),
      },
    ]
  })

  const ofProjects = computed(() => {
    const containers = [...store.items.values()]
    const names = new Set(containers.flatMap(({ composeProject }) => composeProject ?? []))
    return [...names].sort().map((name): Command => ({
      id: `logs-of-project-${name}`,
      label: t('logs.palette.ofProject', { name }),
      icon: ScrollText,
      run: () => router.push(logsPath(containersOfProject(containers, name))),
    }))
  })

  const ofContainers = computed(() =>
    [...store.items.values()].map(({ id, name, image }): Command => ({
      id: `logs-of-${id}`,
      label: t('logs.palette.of', { name }),
      icon: ScrollText,
      detail: image,
      run: () => router.push(`/containers/${id}?tab=logs`),
    })),
  )

  useCommands(computed(() => [...together.value, ...ofProjects.value, ...ofContainers.value]))
}
