import { z } from 'zod'
import type { EngineFacts } from '../../../preload/contract/engineFacts'
import { component, dockerFacts } from './dockerFacts'
import type { FactsDialect } from './facts'
import { toldFlag, toldList, toldNumber, toldObject, toldRecord, toldText, toldTexts } from './told'

/** A program that Podman runs. */
const program = toldObject({ package: toldText, version: toldText })

/** A registry of registries.conf (containers/image pkg/sysregistriesv2). */
const registry = z.object({
  Location: toldText,
  Insecure: toldFlag,
  Blocked: toldFlag,
  Mirrors: toldList(z.object({ Location: z.string() })),
})

/** libpod/define/info.go */
const libpodAnswer = toldObject({
  host: toldObject({
    buildahVersion: toldText,
    cgroupControllers: toldTexts,
    cgroupManager: toldText,
    cgroupVersion: toldText,
    distribution: toldObject({ distribution: toldText, version: toldText, codename: toldText }),
    idMappings: toldObject({ uidmap: toldList(z.unknown()) }),
    logDriver: toldText,
    networkBackend: toldText,
    networkBackendInfo: toldObject({ version: toldText, package: toldText, dns: program }),
    pasta: program,
    rootlessNetworkCmd: toldText,
    security: toldObject({
      apparmorEnabled: toldFlag,
      rootless: toldFlag,
      seccompEnabled: toldFlag,
      seccompProfilePath: toldText,
      selinuxEnabled: toldFlag,
    }),
    slirp4netns: program,
    uptime: toldText,
  }),
  store: toldObject({
    graphDriverName: toldText,
    graphRoot: toldText,
    graphRootAllocated: toldNumber,
    graphRootUsed: toldNumber,
    graphStatus: toldRecord(z.string()),
    runRoot: toldText,
    volumePath: toldText,
  }),
  // `search` is a list of names beside the registries.
  registries: toldRecord(z.union([registry, z.array(z.string())])),
})

/** libpod's own route, and Docker's for what that leaves out. */
export const podmanFacts: FactsDialect = {
  paths: { ...dockerFacts.paths, libpodInfo: '/libpod/info' },
  read(answers) {
    const { host, store, registries } = libpodAnswer.parse(answers.libpodInfo)
    const usual = dockerFacts.read(answers)
    const { distribution, version, codename } = host.distribution
    const system = [distribution, version, codename && `(${codename})`].filter(Boolean).join(' ')
    return {
      ...usual,
      machine: {
        ...usual.machine,
        operatingSystem: system || usual.machine.operatingSystem,
        uptime: host.uptime,
      },
      components: [...usual.components, ...programsOf(host)],
      storage: {
        driver: store.graphDriverName ?? usual.storage.driver,
        status: store.graphStatus.length > 0 ? store.graphStatus : usual.storage.status,
        rootFolder: store.graphRoot ?? usual.storage.rootFolder,
        runFolder: store.runRoot,
        volumeFolder: store.volumePath,
        diskBytes: store.graphRootAllocated,
        diskUsedBytes: store.graphRootUsed,
      },
      cgroup: {
        version: host.cgroupVersion?.replace(/^v/, '') ?? usual.cgroup.version,
        driver: host.cgroupManager ?? usual.cgroup.driver,
        controllers: host.cgroupControllers,
      },
      security: {
        ...usual.security,
        rootless: host.security.rootless ?? usual.security.rootless,
        // Each container may have its own; the engine as a whole has some only when it is rootless.
        userNamespaces: host.idMappings.uidmap.length > 0,
        seccomp: host.security.seccompEnabled,
        seccompProfile: host.security.seccompProfilePath,
        appArmor: host.security.apparmorEnabled,
        seLinux: host.security.selinuxEnabled,
        noNewPrivileges: null,
      },
      // Docker's route tells none of these of Podman, whatever they are.
      proxies: { http: null, https: null, none: null },
      labels: null,
      swarm: null,
      liveRestore: null,
      experimental: null,
      logDriver: host.logDriver,
      network: {
        backend: host.networkBackend,
        firewall: null,
        rootlessCommand: host.rootlessNetworkCmd,
      },
      registries: registriesOf(registries),
    }
  },
}

function programsOf(host: z.infer<typeof libpodAnswer>['host']): EngineFacts['components'] {
  const { buildahVersion, networkBackend, networkBackendInfo, pasta, slirp4netns } = host
  const named = [
    { name: 'Buildah', version: buildahVersion, package: null },
    { ...networkBackendInfo, name: networkBackend ?? '' },
    { ...networkBackendInfo.dns, name: 'aardvark-dns' },
    { ...pasta, name: 'pasta' },
    { ...slirp4netns, name: 'slirp4netns' },
  ]
  return named
    .filter(({ name, version }) => name !== '' && version !== null)
    .map(({ name, version, package: from }) =>
      component(name, version, from === null ? [] : [{ name: 'Package', value: from }]),
    )
}

function registriesOf(told: z.infer<typeof libpodAnswer>['registries']): EngineFacts['registries'] {
  const search = told.flatMap(({ value }) => (Array.isArray(value) ? value : []))
  const each = told.flatMap(({ name, value }) => (Array.isArray(value) ? [] : [{ name, ...value }]))
  const namesOf = (some: typeof each) => some.map(({ name }) => name)
  return {
    search,
    mirrors: each.flatMap(({ name, Mirrors }) =>
      Mirrors.map(({ Location }) => `${name} → ${Location}`),
    ),
    insecure: namesOf(each.filter(({ Insecure }) => Insecure === true)),
    blocked: namesOf(each.filter(({ Blocked }) => Blocked === true)),
  }
}
