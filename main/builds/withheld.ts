import type { BuildRequest } from '../../preload/contract/builds'
import type { Job } from '../../preload/contract/jobs'
import { Failure } from '../errors'
import { isSecretName, mask } from '../masking'

type Arguments = Pick<BuildRequest, 'arguments' | 'withheld'>

/** A shorter value stands in a build's output by chance, too. */
const LEAST_SCRUBBED = 4

/** What may be kept of a build on the disk: arguments with secret names are told by their names alone. */
export function withoutSecrets<Form extends Arguments>(form: Form): Form {
  const secret = form.arguments.filter(({ name }) => isSecretName(name)).map(({ name }) => name)
  if (secret.length === 0) return form
  return {
    ...form,
    arguments: form.arguments.filter(({ name }) => !isSecretName(name)),
    withheld: [...new Set([...(form.withheld ?? []), ...secret])],
  }
}

/** A job as JSON for the disk, without the secrets that a build was given, also where it repeated them. */
export function keptJson(job: Job): string {
  const { request } = job
  if (request.kind !== 'build') return JSON.stringify(job)
  const secrets = request.arguments
    .filter(({ name, value }) => isSecretName(name) && value.length >= LEAST_SCRUBBED)
    .map(({ value }) => value)
  const scrubbed = (_key: string, value: unknown) =>
    typeof value === 'string'
      ? secrets.reduce((text, secret) => text.replaceAll(secret, mask), value)
      : value
  // Most builds have none, and a log is long.
  const scrub = secrets.length > 0 ? scrubbed : undefined
  return JSON.stringify({ ...job, request: withoutSecrets(request) }, scrub)
}

/** Throws `invalid-input` for a build out of the file whose secrets have to be typed again. */
export function refuseWithheld({ withheld = [] }: Arguments): void {
  if (withheld.length === 0) return
  throw new Failure(
    'invalid-input',
    `The value of ${withheld.join(', ')} was not kept: it is secret.`,
    {
      hint: 'Open the build with its settings, type it again, and build.',
    },
  )
}
