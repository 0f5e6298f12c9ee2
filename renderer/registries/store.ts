import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Problem } from '../../preload/contract/errors'
import type { LoginPlace, Registry, RegistrySettings } from '../../preload/contract/registries'
import { useApi } from '../api'
import { toProblem } from '../problems'

export interface LogInForm {
  host: string
  kind: 'password' | 'identity-token'
  username: string
  password: string
  keepIn: LoginPlace
}

/** The registries that someone is logged in to, and how each is reached. */
export const useRegistries = defineStore('registries', () => {
  const api = useApi()
  const list = shallowRef<readonly Registry[]>([])
  const settings = shallowRef<readonly RegistrySettings[]>([])
  const protection = shallowRef<'key-store' | 'file'>('key-store')
  const warnings = shallowRef<readonly string[]>([])
  const loaded = shallowRef(false)
  const settingsLoaded = shallowRef(false)
  const problem = shallowRef<Problem | null>(null)

  /** Reads them again: other programs log in and out too. */
  async function refresh(): Promise<void> {
    try {
      const answer = await api.registries.list()
      list.value = [...answer.registries].sort((a, b) => a.host.localeCompare(b.host))
      protection.value = answer.protection
      warnings.value = answer.warnings
      problem.value = null
      loaded.value = true
    } catch (error) {
      problem.value = toProblem(error)
    }
  }

  async function refreshSettings(): Promise<void> {
    try {
      settings.value = await api.registries.settings()
      settingsLoaded.value = true
    } catch (error) {
      problem.value = toProblem(error)
    }
  }

  async function logIn(form: LogInForm): Promise<void> {
    await api.registries.logIn(form)
    await refresh()
  }

  async function logOut(host: string): Promise<void> {
    await api.registries.logOut({ host })
    await refresh()
  }

  /** Fails with `confirmation-needed` and the dangers where they are new and not `confirmed`. */
  async function changeSettings(changed: RegistrySettings, confirmed: boolean): Promise<void> {
    await api.registries.changeSettings({ ...changed, confirmed })
    await refreshSettings()
  }

  const loginOf = (host: string) => list.value.find((each) => each.host === host) ?? null
  const settingsOf = (host: string) => settings.value.find((each) => each.host === host) ?? null

  return {
    list,
    settings,
    protection,
    warnings,
    loaded,
    settingsLoaded,
    problem,
    refresh,
    refreshSettings,
    logIn,
    logOut,
    changeSettings,
    loginOf,
    settingsOf,
  }
})
