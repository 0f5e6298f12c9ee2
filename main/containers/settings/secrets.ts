import { say } from '../../../preload/contract/say'
import { Failure } from '../../errors'
import { isSecretName, mask } from '../../masking'

interface Variable {
  name: string
  value: string
}

/** Values whose names look secret are masked. */
export function maskEnvironment<Item extends Variable>(environment: readonly Item[]): Item[] {
  return environment.map((variable) =>
    isMaskable(variable) ? { ...variable, value: mask } : variable,
  )
}

export function isMaskable({ name, value }: Variable): boolean {
  return isSecretName(name) && value !== ''
}

/**
 * Puts back what masks stand for. Throws `invalid-input` for a mask that stands for nothing: it would
 * become the secret itself.
 *
 * @param known The environment that was masked.
 */
export function unmaskEnvironment<Item extends Variable>(
  environment: readonly Item[],
  known: readonly Variable[],
): Item[] {
  return environment.map((variable) => {
    if (variable.value !== mask) return variable
    const behind = known.find(({ name }) => name === variable.name)
    if (behind) return { ...variable, value: behind.value }
    throw new Failure(
      'invalid-input',
      say`The value of ${variable.name} is hidden and not known.`,
      {
        hint: say`Write the value.`,
      },
    )
  })
}
