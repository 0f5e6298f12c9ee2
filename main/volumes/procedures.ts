import { findTarget } from '../archives/target'
import { implementContract, streamSignal, type Services } from '../rpc/implementer'
import { createVolume, isThere, nameTaken, removeVolumes } from './actions'
import { inspectVolume } from './details'
import { measureVolumes } from './measure'
import { inspectVolumeArchive } from './readArchive'
import { checkRestoreTarget } from './restore'

export function volumesProcedures({ engines, jobs }: Services) {
  const { volumes } = implementContract
  const linkOf = (engineId: string) => engines.get(engineId).connection.link

  return {
    watch: volumes.watch.handler(({ input, signal }) =>
      engines.get(input.engineId).volumes.collection.watch(streamSignal(signal)),
    ),
    inspect: volumes.inspect.handler(({ input }) =>
      inspectVolume(linkOf(input.engineId), input.id, input.reveal),
    ),
    create: volumes.create.handler(async ({ input }) => ({
      id: await createVolume(linkOf(input.engineId), input),
    })),
    remove: volumes.remove.handler(({ input }) => removeVolumes(linkOf(input.engineId), input.ids)),
    measure: volumes.measure.handler(({ input, signal }) => {
      const { connection, volumes: model } = engines.get(input.engineId)
      return measureVolumes(connection.link, model, input.ids, streamSignal(signal))
    }),
    prune: volumes.prune.handler(({ input }) => ({
      jobId: jobs.start({ kind: 'pruneVolumes', ...input }),
    })),
    backup: volumes.backup.handler(async ({ input }) => {
      // Told while the person still looks at the form; the job looks again.
      await findTarget(input.file, input.overwrite)
      return { jobId: jobs.start({ kind: 'backup', ...input }) }
    }),
    lookInto: volumes.lookInto.handler(({ input, signal }) =>
      inspectVolumeArchive(input.file, streamSignal(signal)),
    ),
    restore: volumes.restore.handler(async ({ input }) => {
      await checkRestoreTarget(linkOf(input.engineId), input.id, input.intoExisting)
      return { jobId: jobs.start({ kind: 'restore', ...input }) }
    }),
    clone: volumes.clone.handler(async ({ input }) => {
      if (await isThere(linkOf(input.engineId), input.name)) throw nameTaken(input.name)
      return { jobId: jobs.start({ kind: 'clone', ...input }) }
    }),
  }
}
