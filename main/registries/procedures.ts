import { implementContract, streamSignal, type Services } from '../rpc/implementer'
import { readAuthority } from './authority'
import { deleteTag, planDeletion } from './deletion'
import { attachedTo, describeContent } from './describe'
import { searchHub } from './hubSearch'
import { catalogPage, tagsPage } from './names'
import type { RegistryApi } from './protocol/types'
import type { Registries } from './registries'

export function registriesProcedures({ engines, registries }: Services) {
  const procedures = implementContract.registries
  return {
    list: procedures.list.handler(() => registries.list()),
    places: procedures.places.handler(({ input }) => registries.places(input.host)),
    logIn: procedures.logIn.handler(({ input: { host, kind, username, password, keepIn } }) =>
      registries.logIn({
        host,
        credential:
          kind === 'password'
            ? { kind, username, password }
            : { kind: 'identity-token', token: password },
        keepIn,
      }),
    ),
    logOut: procedures.logOut.handler(({ input }) => registries.logOut(input.host)),

    settings: procedures.settings.handler(() => registries.settings.all()),
    changeSettings: procedures.changeSettings.handler(({ input: { confirmed, ...settings } }) =>
      registries.changeSettings(settings, confirmed),
    ),
    engineSetup: procedures.engineSetup.handler(async ({ input }) => {
      const { dialect } = engines.get(input.engineId).connection.link
      const { ca, ...settings } = await registries.settings.of(input.host)
      return dialect.registrySetup({ ...settings, ca: ca && (await readAuthority(ca)) })
    }),

    catalog: procedures.catalog.handler(({ input: { host, after }, signal }) =>
      withApi(registries, host, (api) => catalogPage(api, { after, signal })),
    ),
    tags: procedures.tags.handler(({ input: { host, repository, after }, signal }) =>
      withApi(registries, host, (api) => tagsPage(api, repository, { after, signal })),
    ),
    describe: procedures.describe.handler(({ input: { host, ...asked }, signal }) =>
      withApi(registries, host, (api) => describeContent(api, asked, { signal })),
    ),
    referrers: procedures.referrers.handler(({ input: { host, ...asked }, signal }) =>
      withApi(registries, host, (api) => attachedTo(api, asked, { signal })),
    ),
    deletion: procedures.deletion.handler(({ input: { host, ...asked }, signal }) =>
      withApi(registries, host, (api) => planDeletion(api, asked, streamSignal(signal))),
    ),
    deleteTag: procedures.deleteTag.handler(({ input: { host, ...agreed }, signal }) =>
      withApi(registries, host, (api) => deleteTag(api, agreed, streamSignal(signal))),
    ),
    search: procedures.search.handler(({ input, signal }) =>
      searchHub(input, streamSignal(signal)),
    ),
  }
}

/** Pages show what the registry itself has, not what a mirror kept of it. */
async function withApi<Result>(
  registries: Registries,
  host: string,
  work: (api: RegistryApi) => Promise<Result>,
): Promise<Result> {
  const api = await registries.originApi(host)
  try {
    return await work(api)
  } finally {
    await api.close()
  }
}
