import { implementContract, type Services } from '../rpc/implementer'

export function registriesProcedures({ registries }: Services) {
  const procedures = implementContract.registries
  return {
    list: procedures.list.handler(() => registries.list()),
    logIn: procedures.logIn.handler(({ input }) => registries.logIn(input)),
    logOut: procedures.logOut.handler(({ input }) => registries.logOut(input.host)),
  }
}
