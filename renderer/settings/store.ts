import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, shallowRef, type WritableComputedRef } from 'vue'
import type { Problem } from '../../preload/contract/errors'
import {
  settingsValues,
  tableView,
  type Settings,
  type TableView,
} from '../../preload/contract/settings'
import { useApi } from '../api'
import { toProblem } from '../problems'

const saveAfterMillis = 300

/**
 * What the app remembers between runs. A change shows at once and is saved shortly after, so that
 * dragging a panel's edge writes one file and not a hundred.
 */
export const useSettings = defineStore('settings', () => {
  const api = useApi()
  const defaultView = tableView.parse({})
  const values = shallowRef<Settings>(settingsValues.parse({}))
  /** Why the last choices could not be read or saved; they hold until the window closes. */
  const problem = shallowRef<Problem | null>(null)
  /** What was remembered is known. */
  const loaded = shallowRef(false)
  let unsaved: Partial<Settings> = {}

  async function load(): Promise<void> {
    try {
      values.value = { ...(await api.settings.read()), ...unsaved }
      loaded.value = true
      problem.value = null
    } catch (error) {
      problem.value = toProblem(error)
    }
  }

  const save = useDebounceFn(async () => {
    const changes = unsaved
    unsaved = {}
    try {
      await api.settings.change(changes)
      problem.value = null
    } catch (error) {
      problem.value = toProblem(error)
      unsaved = { ...changes, ...unsaved }
    }
  }, saveAfterMillis)

  function change(changes: Partial<Settings>): void {
    values.value = { ...values.value, ...changes }
    unsaved = { ...unsaved, ...changes }
    void save()
  }

  /** The remembered sorting, grouping and filter of the table with this name. */
  function viewOf(name: string): WritableComputedRef<TableView> {
    return computed({
      get: () => values.value.tables[name] ?? defaultView,
      set: (view) => change({ tables: { ...values.value.tables, [name]: view } }),
    })
  }

  return { values, problem, loaded, load, change, tableView: viewOf }
})
