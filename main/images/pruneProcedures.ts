import { implementContract, type Services } from '../rpc/implementer'

export function pruneProcedures({ jobs }: Services) {
  const { prune } = implementContract
  return {
    start: prune.start.handler(({ input }) => ({
      jobId: jobs.start({ kind: 'prune', ...input }),
    })),
  }
}
