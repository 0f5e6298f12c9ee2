import type { Job } from '../../preload/contract/jobs'
import type { JobRequest } from '../../preload/contract/jobRequest'
import { maskChanges, secretsOfChanges } from '../archives/secretChanges'
import { secretArguments, withoutSecrets } from '../builds/withheld'
import { mask } from '../masking'

/** A shorter value stands in what a job says by chance, too. */
const LEAST_SCRUBBED = 4

/** A job as JSON for the disk, without the secrets that it was given, also where it repeated them. */
export function keptJson(job: Job): string {
  const { request, secrets } = keptRequest(job.request)
  const repeated = secrets.filter((secret) => secret.length >= LEAST_SCRUBBED)
  const scrubbed = (_key: string, value: unknown) =>
    typeof value === 'string'
      ? repeated.reduce((text, secret) => text.replaceAll(secret, mask), value)
      : value
  // Most jobs have none, and a log is long.
  return JSON.stringify({ ...job, request }, repeated.length > 0 ? scrubbed : undefined)
}

/** What may be kept of a request, and the secrets that it held. */
function keptRequest(request: JobRequest): { request: JobRequest; secrets: string[] } {
  if (request.kind === 'build') {
    return {
      request: withoutSecrets(request),
      secrets: secretArguments(request).map(({ value }) => value),
    }
  }
  if (request.kind === 'commit' || request.kind === 'import') {
    return {
      request: { ...request, changes: maskChanges(request.changes) },
      secrets: secretsOfChanges(request.changes),
    }
  }
  return { request, secrets: [] }
}
