import { moment, timeOfDay } from '../format'
import { useWords } from '../words'
import { markWords } from './marks'
import type { ContainerMark } from './useMarks'

/** What marks are called on screen. @param names Of containers by id, where there are several. */
export function useMarkTexts(names: () => ReadonlyMap<string, string> | null) {
  const { t } = useWords()

  /** What happened, and to which container if there are several. */
  function whatOf({ id, mark }: ContainerMark): string {
    const what = markWords(mark, t)
    const name = names()?.get(id)
    return name === undefined ? what : t('stats.marks.of', { name, what })
  }

  /** With the day where it was not today. */
  function whenOf({ mark }: ContainerMark): string {
    const today = new Date().setHours(0, 0, 0, 0) <= mark.at
    return (today ? timeOfDay : moment)(mark.at)
  }

  return { whatOf, whenOf, lineOf: (each: ContainerMark) => `${whenOf(each)}  ${whatOf(each)}` }
}
