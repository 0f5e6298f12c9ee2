import { Info, Pencil, Plug, Plus, RefreshCw, Rows3, Trash2 } from '@lucide/vue'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useCommands, type Command } from '../shell/commands'
import { useWords } from '../words'
import { useEngineDialog } from './dialogs'
import { engineShortcut, mostKeys } from './keys'
import { useEngines } from './store'
import { useEngineSearch } from './useEngineSearch'
import { useRemoveEngine } from './useRemoveEngine'
import { useShowEngine } from './useShowEngine'

/** What the palette offers about engines, on every page. */
export function useEngineCommands() {
  const { t } = useWords()
  const route = useRoute()
  const router = useRouter()
  const engines = useEngines()
  const dialog = useEngineDialog()
  const remove = useRemoveEngine()
  const showEngine = useShowEngine()
  const { searchAgain } = useEngineSearch()

  const nameOf = (id: string) => engines.labels.get(id) ?? id

  const show = computed(() =>
    engines.engines.flatMap(({ id, endpoint }, index): Command[] =>
      id === engines.currentId && route.path !== '/all'
        ? []
        : [
            {
              id: `engine-${id}`,
              label: t('engines.palette.show', { name: nameOf(id) }),
              icon: Plug,
              detail: endpoint,
              ...(index < mostKeys && { shortcut: engineShortcut(index + 1) }),
              run: () => showEngine(id),
            },
          ],
    ),
  )
  const change = computed(() =>
    engines.engines.flatMap((engine): Command[] => [
      ...(engine.settings
        ? [
            {
              id: `engine-edit-${engine.id}`,
              label: t('engines.palette.edit', { name: nameOf(engine.id) }),
              icon: Pencil,
              run: () => dialog.edit(engine),
            },
          ]
        : []),
      {
        id: `engine-facts-${engine.id}`,
        label: t('engines.details.palette', { name: nameOf(engine.id) }),
        icon: Info,
        detail: engine.endpoint,
        run: () => router.push(`/engines/${engine.id}`),
      },
      {
        id: `engine-remove-${engine.id}`,
        label: t('engines.palette.remove', { name: nameOf(engine.id) }),
        icon: Trash2,
        detail: engine.endpoint,
        run: () => remove(engine),
      },
    ]),
  )
  const general: Command[] = [
    {
      id: 'engines-all',
      label: t('engines.palette.all'),
      icon: Rows3,
      shortcut: engineShortcut(0),
      run: () => router.push('/all'),
    },
    { id: 'engines-add', label: t('engines.add'), icon: Plus, run: dialog.add },
    { id: 'engines-search', label: t('engines.palette.search'), icon: RefreshCw, run: searchAgain },
  ]

  useCommands(computed(() => [...show.value, ...general, ...change.value]))
}
