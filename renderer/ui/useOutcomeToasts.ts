import type { Outcomes } from '../../preload/contract/base'
import { useToasts } from './useToasts'

interface Telling {
  nameOf: (id: string) => string
  /** What is said of those that went well. */
  done: (first: string, count: number) => string
}

/** Does something to several things, then says what went well, and of each that failed why. */
export function useOutcomeToasts() {
  const toasts = useToasts()

  return async function tell(
    act: () => Promise<Outcomes>,
    { nameOf, done }: Telling,
  ): Promise<void> {
    try {
      const { outcomes } = await act()
      const [first, ...others] = outcomes.filter(({ problem }) => problem === undefined)
      if (first !== undefined) {
        toasts.show({ tone: 'good', text: done(nameOf(first.id), others.length + 1) })
      }
      for (const { id, problem } of outcomes) {
        if (problem === undefined) continue
        toasts.show({ tone: 'bad', text: `${nameOf(id)}: ${problem.message}`, hint: problem.hint })
      }
    } catch (error) {
      toasts.problem(error)
    }
  }
}
