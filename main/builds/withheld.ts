import type { BuildRequest } from '../../preload/contract/builds'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { isSecretName } from '../masking'

type Arguments = Pick<BuildRequest, 'arguments' | 'withheld'>

/** Those whose names look secret. */
export function secretArguments(form: Arguments): Arguments['arguments'] {
  return form.arguments.filter(({ name }) => isSecretName(name))
}

/** What may be kept of a build on the disk: arguments with secret names are told by their names alone. */
export function withoutSecrets<Form extends Arguments>(form: Form): Form {
  const secret = secretArguments(form).map(({ name }) => name)
  if (secret.length === 0) return form
  return {
    ...form,
    arguments: form.arguments.filter(({ name }) => !isSecretName(name)),
    withheld: [...new Set([...(form.withheld ?? []), ...secret])],
  }
}

/** Throws `invalid-input` for a build out of the file whose secrets have to be typed again. */
export function refuseWithheld({ withheld = [] }: Arguments): void {
  if (withheld.length === 0) return
  throw new Failure(
    'invalid-input',
    say`The value of ${withheld.join(', ')} was not kept: it is secret.`,
    {
      hint: say`Open the build with its settings, type it again, and build.`,
    },
  )
}
