import { implementContract, streamSignal, type Services } from '../rpc/implementer'
import { inspectArchive } from './inspect'
import { findTarget } from './target'

export function archivesProcedures({ jobs }: Services) {
  const { archives } = implementContract
  return {
    inspect: archives.inspect.handler(({ input, signal }) =>
      inspectArchive(input.file, streamSignal(signal)),
    ),
    save: archives.save.handler(async ({ input }) => {
      // Told while the person still looks at the form; the job looks again.
      await findTarget(input.file, input.overwrite)
      return { jobId: jobs.start({ kind: 'save', ...input }) }
    }),
    load: archives.load.handler(({ input }) => ({ jobId: jobs.start({ kind: 'load', ...input }) })),
    import: archives.import.handler(({ input }) => ({
      jobId: jobs.start({ kind: 'import', ...input }),
    })),
    export: archives.export.handler(async ({ input }) => {
      await findTarget(input.file, input.overwrite)
      return { jobId: jobs.start({ kind: 'export', ...input }) }
    }),
  }
}
