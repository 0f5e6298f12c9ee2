import { say } from '../../../preload/contract/say'

/** How a registry is to be reached, as an engine needs to know it. */
export interface RegistryWay {
  /** `registry.example.com:5000` */
  host: string
  plainHttp: boolean
  skipVerify: boolean
  /** PEM; null: the usual authorities. */
  ca: string | null
  mirrors: readonly string[]
}

export interface RegistrySetup {
  /** What every call of the app says to the engine by itself; null: nothing. */
  byItself: string | null
  steps: { instruction: string; file: string; content: string }[]
  /** Null: nothing. */
  afterwards: string | null
}

const DOCKER_HUB = 'docker.io'

/**
 * Docker's daemon reads these itself, and takes nothing of it per call: docs.docker.com, "dockerd"
 * (insecure-registries, registry-mirrors) and "Verify repository client with certificates".
 */
export function dockerRegistrySetup(way: RegistryWay): RegistrySetup {
  const { host, plainHttp, skipVerify, ca, mirrors } = way
  const steps: RegistrySetup['steps'] = []
  if (ca !== null) {
    steps.push({
      instruction: say`Make this file, readable by all:`,
      file: `/etc/docker/certs.d/${host}/ca.crt`,
      content: ca,
    })
  }
  const settings = {
    ...((plainHttp || skipVerify) && { 'insecure-registries': [host] }),
    ...(mirrors.length > 0 &&
      host === DOCKER_HUB && { 'registry-mirrors': mirrors.map((mirror) => `https://${mirror}`) }),
  }
  const hasSettings = Object.keys(settings).length > 0
  if (hasSettings) {
    steps.push({
      instruction: say`Add these settings to this file, beside what is there, or make it:`,
      file: '/etc/docker/daemon.json',
      content: JSON.stringify(settings, null, 2),
    })
  }
  const needsNone = mirrors.length > 0 && host !== DOCKER_HUB
  return {
    byItself: needsNone
      ? say`Docker knows mirrors of Docker Hub only: those of this registry are used by Longshore itself, when it browses, copies and looks before a pull.`
      : null,
    steps,
    afterwards: hasSettings
      ? say`Then let the daemon read it: sudo systemctl reload docker. A rootless daemon has its files in ~/.config/docker.`
      : ca !== null
        ? say`It is read at the next pull or push. A rootless daemon has its files in ~/.config/docker.`
        : null,
  }
}

/** containers-certs.d(5) and containers-registries.conf(5); not verifying is told with each call. */
export function podmanRegistrySetup(way: RegistryWay): RegistrySetup {
  const { host, plainHttp, skipVerify, ca, mirrors } = way
  const steps: RegistrySetup['steps'] = []
  if (ca !== null) {
    steps.push({
      instruction: say`Make this file, readable by all:`,
      file: `/etc/containers/certs.d/${host}/ca.crt`,
      content: ca,
    })
  }
  if (mirrors.length > 0) {
    steps.push({
      instruction: say`Make this file:`,
      file: `/etc/containers/registries.conf.d/${host.replaceAll(/[^a-z0-9.-]/g, '-')}.conf`,
      content: mirrorsInToml(host, mirrors),
    })
  }
  return {
    byItself:
      plainHttp || skipVerify
        ? say`Longshore tells Podman so with every pull and push; the podman command needs --tls-verify=false.`
        : null,
    steps,
    afterwards:
      steps.length === 0
        ? null
        : say`It is read at the next pull or push. A rootless Podman also reads ~/.config/containers.`,
  }
}

/** Hosts hold nothing that TOML would want escaped. */
function mirrorsInToml(host: string, mirrors: readonly string[]): string {
  const registry = ['[[registry]]', `location = "${host}"`]
  const each = mirrors.map((mirror) =>
    ['', '[[registry.mirror]]', `location = "${mirror}"`].join('\n'),
  )
  return [...registry, ...each].join('\n')
}
