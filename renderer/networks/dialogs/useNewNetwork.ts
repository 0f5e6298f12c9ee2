import { computed, reactive, ref } from 'vue'
import { networkProblems, type NetworkProblem } from '../../../preload/contract/networkProblems'
import { networkName } from '../../../preload/contract/networks'
import { useWords } from '../../words'
import { useNetworks } from '../store'

interface Pair {
  name: string
  value: string
}

/** A network while it is typed, with what speaks against it beside each field. */
export function useNewNetwork() {
  const networks = useNetworks()
  const { t } = useWords()
  const form = reactive({ name: '', driver: 'bridge', internal: false, ipv6: false })
  const subnets = ref<{ subnet: string; gateway: string; range: string }[]>([])
  const options = ref<Pair[]>([])
  const labels = ref<Pair[]>([])

  const typedName = computed(() => form.name.trim())
  /** Rows in which nothing stands say nothing. */
  const given = computed(() =>
    subnets.value
      .map(({ subnet, gateway, range }, row) => ({
        row,
        ...{ subnet: subnet.trim(), gateway: gateway.trim(), range: range.trim() },
      }))
      .filter(({ subnet, gateway, range }) => subnet + gateway + range !== ''),
  )
  const problems = computed(() =>
    networkProblems({ ...form, name: typedName.value, subnets: given.value }, [
      ...networks.items.values(),
    ]),
  )

  const nameError = computed(() => {
    if (typedName.value === '') return undefined
    if (!networkName.safeParse(typedName.value).success) return t('networks.create.badName')
    const problem = problems.value.find(({ field }) => field === 'name')
    return problem && sentence(problem)
  })

  function sentence({ code, detail }: NetworkProblem): string {
    return t(`networks.problems.${code}`, { detail })
  }

  /** What is wrong with a field of a row, and what may not be meant. */
  function noteOf(row: number, field: NetworkProblem['field']) {
    const index = given.value.findIndex((each) => each.row === row)
    const here = problems.value.filter((each) => each.index === index && each.field === field)
    const error = here.find(({ severity }) => severity === 'error')
    const warning = here.find(({ severity }) => severity === 'warning')
    return { error: error && sentence(error), warning: warning && sentence(warning) }
  }

  const pairsOf = (rows: Pair[]) =>
    rows.map(({ name, value }) => ({ name: name.trim(), value })).filter(({ name }) => name !== '')

  const ready = computed(
    () =>
      typedName.value !== '' &&
      nameError.value === undefined &&
      form.driver.trim() !== '' &&
      problems.value.every(({ severity }) => severity === 'warning') &&
      [...options.value, ...labels.value].every(({ name }) => !name.includes('=')),
  )

  /** What is sent. */
  const settings = () => ({
    ...form,
    name: typedName.value,
    driver: form.driver.trim(),
    subnets: given.value.map(({ subnet, gateway, range }) => ({
      subnet,
      gateway: gateway || null,
      range: range || null,
    })),
    options: pairsOf(options.value),
    labels: pairsOf(labels.value),
  })

  return { form, subnets, options, labels, nameError, noteOf, ready, settings }
}
