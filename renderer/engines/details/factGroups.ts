import type { EngineFacts } from '../../../preload/contract/engineFacts'
import { bytes } from '../../format'
import type { useWords } from '../../words'

type Translate = ReturnType<typeof useWords>['t']

export interface Fact {
  label: string
  /** Null: the engine does not tell. */
  value: string | null
  /** What more is said of it, below. */
  more?: string
  /** What it means, in a sentence. */
  help?: string
  mono?: boolean
}

export interface FactGroup {
  id: string
  title: string
  facts: Fact[]
}

/** All facts in the order of the page, as short texts; what only some engines have is left out where it is not told. */
export function factGroups(facts: EngineFacts, t: Translate): FactGroup[] {
  return [
    { id: 'versions', title: t('engines.details.groups.versions'), facts: versions(facts, t) },
    { id: 'storage', title: t('engines.details.groups.storage'), facts: storage(facts, t) },
    { id: 'cgroup', title: t('engines.details.groups.cgroup'), facts: cgroup(facts, t) },
    { id: 'security', title: t('engines.details.groups.security'), facts: security(facts, t) },
    { id: 'machine', title: t('engines.details.groups.machine'), facts: machine(facts, t) },
    { id: 'runtimes', title: t('engines.details.groups.runtimes'), facts: runtimes(facts, t) },
    { id: 'plugins', title: t('engines.details.groups.plugins'), facts: plugins(facts, t) },
    {
      id: 'registries',
      title: t('engines.details.groups.registries'),
      facts: registries(facts, t),
    },
    { id: 'counts', title: t('engines.details.groups.counts'), facts: counts(facts, t) },
    { id: 'other', title: t('engines.details.groups.other'), facts: other(facts, t) },
  ]
}

/** Facts that other engines do not have: only where they are told. */
const ifTold = (...facts: Fact[]) => facts.filter(({ value }) => value !== null)

function listed(texts: readonly string[] | null, t: Translate): string | null {
  if (texts === null) return null
  return texts.length === 0 ? t('engines.details.none') : texts.join(', ')
}

function flag(value: boolean | null, t: Translate): string | null {
  if (value === null) return null
  return t(value ? 'engines.details.yes' : 'engines.details.no')
}

const text = (value: number | null) => (value === null ? null : String(value))
const size = (value: number | null) => (value === null ? null : bytes(value))

function versions({ api, components }: EngineFacts, t: Translate): Fact[] {
  const { newest, oldest } = api
  const range =
    newest !== null && oldest !== null
      ? t('engines.details.facts.apiRange', { newest, oldest })
      : newest
  return [
    ...components.map(({ name, version, details }) => ({
      ...{ label: name, value: version },
      more: details.map((detail) => `${detail.name} ${detail.value}`).join(' · '),
    })),
    { label: t('engines.details.facts.api'), value: range },
  ]
}

function storage({ storage: told }: EngineFacts, t: Translate): Fact[] {
  const { driver, status, rootFolder, runFolder, volumeFolder, diskBytes, diskUsedBytes } = told
  const disk =
    diskBytes === null || diskUsedBytes === null
      ? null
      : t('engines.details.facts.diskUsed', { used: bytes(diskUsedBytes), all: bytes(diskBytes) })
  return [
    {
      label: t('engines.details.facts.storageDriver'),
      value: driver,
      more: status.map(({ name, value }) => `${name}: ${value}`).join(' · '),
      help: t('engines.details.help.storageDriver'),
    },
    {
      label: t('engines.details.facts.rootFolder'),
      value: rootFolder,
      help: t('engines.details.help.rootFolder'),
      mono: true,
    },
    ...ifTold(
      { label: t('engines.details.facts.volumeFolder'), value: volumeFolder, mono: true },
      { label: t('engines.details.facts.runFolder'), value: runFolder, mono: true },
      { label: t('engines.details.facts.disk'), value: disk },
    ),
  ]
}

function cgroup({ cgroup: { version, driver, controllers } }: EngineFacts, t: Translate): Fact[] {
  return [
    {
      label: t('engines.details.facts.cgroupVersion'),
      value: version,
      help: t('engines.details.help.cgroupVersion'),
    },
    {
      label: t('engines.details.facts.cgroupDriver'),
      value: driver,
      help: t('engines.details.help.cgroupDriver'),
    },
    ...ifTold({ label: t('engines.details.facts.controllers'), value: listed(controllers, t) }),
  ]
}

function security({ security: told }: EngineFacts, t: Translate): Fact[] {
  return [
    {
      label: t('engines.details.facts.rootless'),
      value: flag(told.rootless, t),
      help: t('engines.details.help.rootless'),
    },
    {
      label: t('engines.details.facts.userNamespaces'),
      value: flag(told.userNamespaces, t),
      help: t('engines.details.help.userNamespaces'),
    },
    {
      label: t('engines.details.facts.seccomp'),
      value: flag(told.seccomp, t),
      help: t('engines.details.help.seccomp'),
    },
    ...ifTold({
      ...{ label: t('engines.details.facts.seccompProfile'), value: told.seccompProfile },
      mono: true,
    }),
    { label: t('engines.details.facts.appArmor'), value: flag(told.appArmor, t) },
    { label: t('engines.details.facts.seLinux'), value: flag(told.seLinux, t) },
    ...ifTold({
      label: t('engines.details.facts.noNewPrivileges'),
      value: flag(told.noNewPrivileges, t),
    }),
  ]
}

function machine({ machine: told }: EngineFacts, t: Translate): Fact[] {
  return [
    { label: t('engines.details.facts.name'), value: told.name },
    { label: t('engines.details.facts.operatingSystem'), value: told.operatingSystem },
    { label: t('engines.details.facts.kernel'), value: told.kernel },
    { label: t('engines.details.facts.architecture'), value: told.architecture },
    { label: t('engines.details.facts.cpus'), value: text(told.cpus) },
    { label: t('engines.details.facts.memory'), value: size(told.memoryBytes) },
    ...ifTold({ label: t('engines.details.facts.uptime'), value: told.uptime }),
  ]
}

function runtimes({ runtimes: { usual, all, init } }: EngineFacts, t: Translate): Fact[] {
  const there = all.map(({ name, path }) => (path === null ? name : `${name} (${path})`))
  return [
    {
      label: t('engines.details.facts.runtime'),
      value: usual,
      help: t('engines.details.help.runtime'),
    },
    { label: t('engines.details.facts.runtimesThere'), value: listed(there, t) },
    ...ifTold({ label: t('engines.details.facts.init'), value: init }),
  ]
}

function plugins({ plugins: told, logDriver, network }: EngineFacts, t: Translate): Fact[] {
  return [
    { label: t('engines.details.facts.volumePlugins'), value: listed(told.volume, t) },
    { label: t('engines.details.facts.networkPlugins'), value: listed(told.network, t) },
    { label: t('engines.details.facts.logPlugins'), value: listed(told.log, t) },
    {
      label: t('engines.details.facts.authorizationPlugins'),
      value: listed(told.authorization, t),
    },
    { label: t('engines.details.facts.logDriver'), value: logDriver },
    ...ifTold(
      { label: t('engines.details.facts.networkBackend'), value: network.backend },
      { label: t('engines.details.facts.firewall'), value: network.firewall },
      { label: t('engines.details.facts.rootlessNetwork'), value: network.rootlessCommand },
    ),
  ]
}

function registries({ registries: told, proxies }: EngineFacts, t: Translate): Fact[] {
  return [
    ...ifTold({ label: t('engines.details.facts.search'), value: listed(told.search, t) }),
    { label: t('engines.details.facts.mirrors'), value: listed(told.mirrors, t) },
    {
      label: t('engines.details.facts.insecure'),
      value: listed(told.insecure, t),
      help: t('engines.details.help.insecure'),
    },
    ...ifTold({ label: t('engines.details.facts.blocked'), value: listed(told.blocked, t) }),
    ...ifTold(
      { label: t('engines.details.facts.httpProxy'), value: proxies.http, mono: true },
      { label: t('engines.details.facts.httpsProxy'), value: proxies.https, mono: true },
      { label: t('engines.details.facts.noProxy'), value: proxies.none, mono: true },
    ),
  ]
}

function counts({ counts: told }: EngineFacts, t: Translate): Fact[] {
  const { containers: all, running, paused, stopped, images } = told
  const parts = running === null || paused === null || stopped === null
  return [
    {
      label: t('engines.details.facts.containers'),
      value:
        all === null || parts
          ? text(all)
          : t('engines.details.facts.containerCounts', { all, running, paused, stopped }),
    },
    { label: t('engines.details.facts.images'), value: text(images) },
  ]
}

function other(facts: EngineFacts, t: Translate): Fact[] {
  return [
    { label: t('engines.details.facts.labels'), value: listed(facts.labels, t) },
    { label: t('engines.details.facts.swarm'), value: facts.swarm },
    {
      label: t('engines.details.facts.liveRestore'),
      value: flag(facts.liveRestore, t),
      help: t('engines.details.help.liveRestore'),
    },
    { label: t('engines.details.facts.experimental'), value: flag(facts.experimental, t) },
  ]
}
