import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Problem } from '../../preload/contract/errors'
import type { Registry } from '../../preload/contract/registries'
import { useApi } from '../api'
import { toProblem } from '../problems'

/** The registries that someone is logged in to, as docker's and podman's own files tell it. */
export const useRegistries = defineStore('registries', () => {
  const api = useApi()
  const list = shallowRef<readonly Registry[]>([])
  const protection = shallowRef<'key-store' | 'file'>('key-store')
  const warnings = shallowRef<readonly string[]>([])
  const loaded = shallowRef(false)
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

  async function logIn(host: string, username: string, password: string): Promise<void> {
    await api.registries.logIn({ host, username, password })
    await refresh()
  }

  async function logOut(host: string): Promise<void> {
    await api.registries.logOut({ host })
    await refresh()
  }

  return { list, protection, warnings, loaded, problem, refresh, logIn, logOut }
})
