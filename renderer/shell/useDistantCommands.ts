import { until } from '@vueuse/core'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useEngines } from '../engines/store'
import { useWords, type Key } from '../words'
import { useCommands, useCommandStore, type Command } from './commands'
import { pages, type PageId } from './pages'

/** A page may have to be loaded before it offers its commands. */
const pageMillis = 10_000

/** What a page of the rail does with no object of its own in mind: it can be asked for from everywhere. */
const distant: readonly { page: PageId; id: string; words: Key }[] = [
  { page: 'images', id: 'images-pull', words: 'images.actions.pull' },
  { page: 'images', id: 'images-build', words: 'builds.open' },
  { page: 'images', id: 'images-open', words: 'archives.open.action' },
  { page: 'images', id: 'images-sharing', words: 'layers.sharing.action' },
  { page: 'images', id: 'images-prune', words: 'images.prune.action' },
  { page: 'volumes', id: 'volumes-create', words: 'volumes.actions.create' },
  { page: 'volumes', id: 'volumes-measure-all', words: 'volumes.actions.measureAll' },
  { page: 'volumes', id: 'volumes-restore-file', words: 'volumes.actions.restoreFile' },
  { page: 'volumes', id: 'volumes-prune', words: 'volumes.actions.prune' },
  { page: 'networks', id: 'networks-create', words: 'networks.actions.create' },
  { page: 'networks', id: 'networks-prune', words: 'networks.prune.title' },
  { page: 'registries', id: 'registries-log-in', words: 'registries.add' },
  { page: 'registries', id: 'registries-browse', words: 'registries.browse.button' },
  { page: 'registries', id: 'registries-hub', words: 'registries.hub.open' },
]

/** Offers what other pages can do: it goes there and does it. */
export function useDistantCommands() {
  const { t } = useWords()
  const router = useRouter()
  const route = useRoute()
  const engines = useEngines()
  const store = useCommandStore()

  const hasEngine = computed(() => engines.current !== null)
  const elsewhere = computed(() =>
    pages.filter(
      ({ path, needsEngine }) =>
        route.path.split('/')[1] !== path.slice(1) && (!needsEngine || hasEngine.value),
    ),
  )

  async function goAndRun(path: string, id: string): Promise<void> {
    await router.push(path)
    const offered = () => store.commands.find((command) => command.id === id)
    await until(() => offered() !== undefined).toBe(true, { timeout: pageMillis })
    await offered()?.run()
  }

  useCommands(
    computed(() =>
      elsewhere.value.flatMap(({ id: page, path, icon }) =>
        distant
          .filter((each) => each.page === page)
          .map(({ id, words }): Command => ({
            id: `distant-${id}`,
            label: t(words),
            icon,
            detail: t(`shell.pages.${page}`),
            run: () => goAndRun(path, id),
          })),
      ),
    ),
    { last: true },
  )
}
