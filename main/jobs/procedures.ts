import { implementContract, streamSignal, type Services } from '../rpc/implementer'

export function jobsProcedures({ jobs, jobNotices }: Services) {
  const procedures = implementContract.jobs
  return {
    watch: procedures.watch.handler(({ signal }) => jobs.collection.watch(streamSignal(signal))),
    cancel: procedures.cancel.handler(({ input }) => jobs.cancel(input.jobId)),
    retry: procedures.retry.handler(({ input }) => ({ jobId: jobs.retry(input.jobId) })),
    see: procedures.see.handler(({ input }) => jobs.see(input.jobIds)),
    opened: procedures.opened.handler(({ signal }) => jobNotices.opened(streamSignal(signal))),
    dismiss: procedures.dismiss.handler(({ input }) => jobs.dismiss(input.jobId)),
  }
}
