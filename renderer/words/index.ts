import { createI18n } from 'vue-i18n'
import alerts from '../alerts/words.en'
import allEngines from '../allEngines/words.en'
import archives from '../archives/words.en'
import builds from '../builds/words.en'
import compare from '../compare/words.en'
import containers from '../containers/words.en'
import copies from '../copies/words.en'
import dashboard from '../dashboard/words.en'
import desktop from '../desktop/words.en'
import engines from '../engines/words.en'
import files from '../files/words.en'
import guide from '../guide/words.en'
import images from '../images/words.en'
import isolation from '../isolation/words.en'
import jobs from '../jobs/words.en'
import layers from '../layers/words.en'
import lazy from '../lazy/words.en'
import logs from '../logs/words.en'
import networks from '../networks/words.en'
import processes from '../processes/words.en'
import registries from '../registries/words.en'
import samples from '../samples/words.en'
import session from '../session/words.en'
import settings from '../settings/words.en'
import shell from '../shell/words.en'
import stats from '../stats/words.en'
import terminals from '../terminals/words.en'
import ui from '../ui/words.en'
import volumes from '../volumes/words.en'
import type { Language } from '../../preload/contract/settings'
import type { WordKey, WordsLike } from './types'

/** Every word on screen, one entry per feature. The other languages' are loaded when they are wanted. */
const english = {
  alerts,
  allEngines,
  archives,
  builds,
  compare,
  containers,
  copies,
  dashboard,
  desktop,
  engines,
  files,
  guide,
  images,
  isolation,
  jobs,
  layers,
  lazy,
  logs,
  networks,
  processes,
  registries,
  samples,
  session,
  settings,
  shell,
  stats,
  terminals,
  ui,
  volumes,
}

export type Key = WordKey<typeof english>
export type Words = WordsLike<typeof english>

export const words = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en: english } as Record<Language, Words>,
})

type Values = Record<string, string | number>

/**
 * The sentence for a key. `values` fill its `{names}`; a count chooses between its `one | many` forms
 * and fills `{count}`.
 */
function t(key: Key, valuesOrCount?: Values | number): string
function t(key: Key, values: Values, count: number): string
function t(key: Key, given: Values | number = {}, plural?: number): string {
  const values = typeof given === 'number' ? {} : given
  const count = typeof given === 'number' ? given : plural
  return count === undefined
    ? words.global.t(key, values)
    : words.global.t(key, { count, ...values }, count)
}

/** `const { t } = useWords()`: as vue-i18n's `t`, but a key that does not exist is a type error. */
export function useWords() {
  return { t }
}
