import { computed } from 'vue'
import type { LoginPlace } from '../../../preload/contract/registries'
import { useApi } from '../../api'
import { useLoaded } from '../../loaded'
import { useWords } from '../../words'
import { useRegistries } from '../store'

/** Where the login of a host can be kept, as choices with what speaks for and against each. */
export function usePlaces(host: () => string | null) {
  const api = useApi()
  const registries = useRegistries()
  const { t } = useWords()

  const { value: places } = useLoaded(
    () => {
      const asked = host()
      return asked === null ? null : { host: asked }
    },
    (asked, signal) => api.registries.places(asked, { signal }),
  )

  const usual = computed<LoginPlace>(() => places.value?.usual ?? 'longshore')
  const helper = computed(() => places.value?.helper ?? null)
  const options = computed(() => [
    ...(helper.value !== null && !helper.value.logsInByItself
      ? [
          {
            value: 'helper' as const,
            label: t('registries.places.helper', { helper: helper.value.name }),
          },
        ]
      : []),
    { value: 'longshore' as const, label: t(`registries.places.own.${registries.protection}`) },
    { value: 'docker-config' as const, label: t('registries.places.dockerConfig') },
  ])

  function warningOf(place: LoginPlace): string | undefined {
    if (place === 'docker-config') {
      const file = places.value?.dockerConfigFile ?? 'config.json'
      return t('registries.places.inTheClear', { file })
    }
    return place === 'longshore' && registries.protection === 'file'
      ? t('registries.keptInFile')
      : undefined
  }

  return { usual, helper, options, warningOf }
}
