import type { PushRequest, PushResult } from '../../preload/contract/images'
import type { JobStep } from '../../preload/contract/jobs'
import { registryHost, withDefaultTag, type Reference } from '../../preload/contract/reference'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import type { JobContext, Work } from '../jobs/jobs'
import type { JobServices } from '../jobs/kinds'
import { log } from '../log'
import { readReference } from './names'
import { transfer } from './transfer'

/** Pushes names that the engine has, one after the other; the first that fails ends the job. */
export function pushImages(services: JobServices, { engineId, references }: PushRequest): Work {
  const names = references.map(readTag)
  return {
    subject: names.map(({ familiar }) => familiar).join(', '),
    async run(context) {
      const pushed: PushResult['pushed'] = []
      const progress = severalTransfers(context)
      for (const { reference, tag, familiar } of names) {
        const part = progress.next()
        await transfer(
          services,
          {
            engineId,
            direction: 'push',
            reference,
            requestOf: ({ dialect }, options) => dialect.pushRequest(reference.name, tag, options),
          },
          part.context,
        )
        const digest = part.digest() ?? (await digestOf(services, reference, tag, context))
        pushed.push({ reference: familiar, digest })
        context.report({ digest, result: { kind: 'push', pushed: [...pushed] } })
      }
    },
  }
}

/** Podman does not tell it. Null where the registry does not let us look: the push is done all the same. */
async function digestOf(
  { registries }: JobServices,
  reference: Reference,
  tag: string,
  { signal }: JobContext,
): Promise<string | null> {
  const api = await registries.originApi(registryHost(reference))
  try {
    return (await api.headManifest(reference.path, tag, { signal }))?.digest ?? null
  } catch (error) {
    signal.throwIfAborted()
    log.warn({ error }, 'the digest of what was pushed could not be asked for')
    return null
  } finally {
    await api.close()
  }
}

interface Name {
  reference: Reference
  tag: string
  familiar: string
}

function readTag(text: string): Name {
  const reference = withDefaultTag(readReference(text))
  const { tag, familiar } = reference
  if (tag !== undefined) return { reference, tag, familiar }
  throw new Failure('invalid-input', say`A push needs a tag.`, { hint: say`Write name:tag.` })
}

/**
 * Puts the progress of transfers that follow each other together: bytes and log add up, and a layer that
 * one of them moved stays so though the next finds that it exists.
 */
function severalTransfers(whole: JobContext) {
  const steps = new Map<string, JobStep>()
  const log: string[] = []
  let movedBytes = 0

  return {
    next() {
      const bytesBefore = movedBytes
      const logBefore = [...log]
      let digest: string | null = null
      const context: JobContext = {
        signal: whole.signal,
        report(progress) {
          for (const step of progress.steps ?? []) {
            if (step.phase !== 'exists' || !steps.has(step.id)) steps.set(step.id, step)
          }
          log.splice(0, log.length, ...logBefore, ...(progress.log ?? []))
          movedBytes = bytesBefore + (progress.currentBytes ?? 0)
          digest = progress.digest ?? digest
          whole.report({
            ...progress,
            steps: [...steps.values()],
            log: [...log],
            currentBytes: movedBytes,
            totalBytes: progress.totalBytes == null ? null : bytesBefore + progress.totalBytes,
          })
        },
      }
      return { context, digest: () => digest }
    },
  }
}
