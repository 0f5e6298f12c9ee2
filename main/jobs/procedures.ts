import { implementContract, streamSignal, type Services } from '../rpc/implementer'

export function jobsProcedures({ jobs }: Services) {
  const procedures = implementContract.jobs
  return {
    watch: procedures.watch.handler(({ signal }) => jobs.collection.watch(streamSignal(signal))),
    cancel: procedures.cancel.handler(({ input }) => jobs.cancel(input.jobId)),
    retry: procedures.retry.handler(({ input }) => ({ jobId: jobs.retry(input.jobId) })),
    dismiss: procedures.dismiss.handler(({ input }) => jobs.dismiss(input.jobId)),
  }
}
