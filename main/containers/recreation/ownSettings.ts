import { constants } from 'node:os'
import { isDeepStrictEqual } from 'node:util'
import type { InspectedConfig, InspectedContainer } from '../../engines/dialect/inspection'

/**
 * The part of a container's configuration that was given to it. An inspection shows it merged with the
 * defaults of its image; what equals them is taken for a default and left out, so that a new image can
 * give its own (the reasoning of watchtower's `GetCreateConfig`).
 *
 * @param image Of the image that the container was made from.
 */
export function ownSettings(
  container: InspectedContainer,
  image: InspectedConfig,
): InspectedConfig {
  const { Config: config, HostConfig: host } = container
  const sameEntrypoint = isSameList(config.Entrypoint, image.Entrypoint)
  const own: InspectedConfig = {
    ...config,
    Env: environmentOf(config.Env, image.Env),
    Labels: without(config.Labels, (name, value) => image.Labels?.[name] === value),
    Volumes: without(config.Volumes, (folder) => folder in (image.Volumes ?? {})),
    ExposedPorts: without(
      config.ExposedPorts,
      (port) => port in (image.ExposedPorts ?? {}) && !(port in (host.PortBindings ?? {})),
    ),
    Healthcheck: ownHealthcheck(config.Healthcheck, image.Healthcheck),
  }
  // A given entrypoint takes the image's command away, so what is left of it was given, too.
  if (sameEntrypoint) {
    delete own.Entrypoint
    if (isSameList(config.Cmd, image.Cmd)) delete own.Cmd
  } else if (!config.Entrypoint?.length) {
    // How an entrypoint is taken away (docker/cli opts: --entrypoint "").
    own.Entrypoint = ['']
  }
  if ((config.User ?? '') === (image.User ?? '')) delete own.User
  if (folderOf(config) === folderOf(image)) delete own.WorkingDir
  if (signalOf(config) === signalOf(image)) delete own.StopSignal
  if (isSameList(config.Shell, image.Shell)) delete own.Shell
  if (isNamedByEngine(container)) delete own.Hostname
  if (!own.Healthcheck) delete own.Healthcheck
  // Deprecated or of the image's build only.
  delete own.OnBuild
  return own
}

/** `NAME=value` lines that the image does not have. */
function environmentOf(lines: string[] | null | undefined, defaults: string[] | null | undefined) {
  const known = new Set(defaults)
  return (lines ?? []).filter((line) => !known.has(line))
}

/** The id's beginning is the default; with another's network or the host's name none may be given. */
function isNamedByEngine({ Id, Config, HostConfig }: InspectedContainer): boolean {
  const { NetworkMode: network = '', UTSMode: names = '' } = HostConfig
  return (
    Id.startsWith(Config.Hostname ?? '') ||
    network === 'host' ||
    names === 'host' ||
    network?.startsWith('container:') === true
  )
}

type Healthcheck = InspectedConfig['Healthcheck']

/** The fields that differ from the image's check: engines fill in the others from the image. */
function ownHealthcheck(given: Healthcheck, image: Healthcheck): Healthcheck {
  const defaults = withDefaults(image)
  const own = Object.entries(withDefaults(given)).filter(
    ([field, value]) => !isDeepStrictEqual(value, defaults[field]),
  )
  return given && own.length > 0 ? Object.fromEntries(own) : null
}

/** Engines' defaults where nothing was said (docker/docs: HEALTHCHECK), nanoseconds and times. */
export const usualCheck: Readonly<Record<string, number>> = {
  Interval: 30e9,
  Timeout: 30e9,
  Retries: 3,
}

/** Podman writes the defaults into what it tells. */
function withDefaults(check: Healthcheck): Record<string, unknown> {
  const told = Object.entries(check ?? {}).filter(([, value]) => Boolean(value))
  return { ...usualCheck, ...Object.fromEntries(told) }
}

function isSameList(
  one: readonly string[] | null | undefined,
  other: readonly string[] | null | undefined,
): boolean {
  return isDeepStrictEqual(one ?? [], other ?? [])
}

/** Engines tell the root folder or nothing where nothing was said. */
export function folderOf({ WorkingDir: folder }: InspectedConfig): string {
  return folder ? folder : '/'
}

/** The stop signal as a number: Docker tells `SIGINT`, Podman `2`, and 15 where nothing was said. */
export function signalOf({ StopSignal: signal }: InspectedConfig): number | string {
  if (!signal) return constants.signals.SIGTERM
  const text = String(signal).toUpperCase()
  if (/^\d+$/.test(text)) return Number(text)
  const name = text.startsWith('SIG') ? text : `SIG${text}`
  return Object.entries(constants.signals).find(([known]) => known === name)?.[1] ?? name
}

function without<Value>(
  all: Record<string, Value> | null | undefined,
  isDefault: (key: string, value: Value) => boolean,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(all ?? {}).filter(([key, value]) => !isDefault(key, value)),
  )
}
