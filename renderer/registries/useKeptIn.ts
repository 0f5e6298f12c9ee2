import type { Registry } from '../../preload/contract/registries'
import { useWords } from '../words'
import { useRegistries } from './store'

/** Helpers whose names say little. */
const named = [
  'ecr-login',
  'gcloud',
  'acr-env',
  'osxkeychain',
  'wincred',
  'secretservice',
  'pass',
  'desktop',
] as const

/** Where a login is kept, in words. */
export function useKeptIn(): (login: Registry) => string {
  const { t } = useWords()
  const registries = useRegistries()
  return ({ helper, source }) => {
    if (helper !== null) {
      const known = named.find((each) => each === helper)
      return known
        ? t('registries.inKnownHelper', { helper, keeper: t(`registries.helpers.${known}`) })
        : t('registries.inHelper', { helper })
    }
    if (source === 'longshore') return t(`registries.own.${registries.protection}`)
    return t(`registries.sources.${source}`)
  }
}
