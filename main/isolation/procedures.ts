import { implementContract, type Services } from '../rpc/implementer'
import { isolationOf } from './isolationOf'

export function isolationProcedures({ engines }: Services) {
  const { isolation } = implementContract
  return {
    read: isolation.read.handler(({ input, signal }) => {
      const { connection, containers } = engines.get(input.engineId)
      return isolationOf(connection.link, containers, input.id, signal)
    }),
  }
}
