import { useRouter } from 'vue-router'
import { useConfirm } from '../../ui/useConfirm'
import { useWords } from '../../words'

/** A thing that containers use, so that it stays. */
interface InUse {
  id: string
  name: string
  /** Names of the containers. */
  users: readonly string[]
}

/** What is said of images or volumes that cannot be removed, because containers use them. */
export function useInUse(kind: 'images' | 'volumes') {
  const router = useRouter()
  const confirm = useConfirm()
  const { t } = useWords()

  /** A line for each, with its containers. */
  const linesOf = (things: readonly InUse[]) =>
    things.map(({ name, users }) => t(`${kind}.remove.usedBy`, { name, users: users.join(', ') }))

  /** For the question that is asked of the others: that these stay; nothing where there are none. */
  function besides(things: readonly InUse[]): string[] {
    if (things.length === 0) return []
    return [t(`${kind}.remove.staying`, { users: linesOf(things).join('; ') }, things.length)]
  }

  /** None of them can go: says why, and leads to the containers. */
  async function explain(things: readonly InUse[]): Promise<void> {
    const [first] = things
    if (first === undefined) return
    const { confirmed } = await confirm({
      title: t(`${kind}.remove.inUse`, { name: first.name }, things.length),
      body: t(`${kind}.remove.inUseBody`),
      items: linesOf(things),
      confirmLabel: t(`${kind}.remove.showContainers`),
    })
    if (!confirmed) return
    await router.push(
      things.length === 1
        ? { path: `/${kind}/${first.id}`, query: { tab: 'usedBy' } }
        : '/containers',
    )
  }

  return { besides, explain }
}
