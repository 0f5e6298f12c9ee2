import { useWords } from '../../words'
import type { RunError, RunErrors } from './form'

/** The sentence about what is wrong with a field of the run form; undefined where nothing is. */
export function useFieldErrors(errors: () => RunErrors): (field: string) => string | undefined {
  const { t } = useWords()
  return (field) => {
    const error: RunError | undefined = errors().get(field)
    return error === undefined ? undefined : t(`images.run.errors.${error}`)
  }
}
