import type { Container } from '../../../preload/contract/containers'
import type { Engine } from '../../../preload/contract/engines'
import type { Image } from '../../../preload/contract/images'
import type { Job } from '../../../preload/contract/jobs'
import {
  metrics,
  type ContainerStats,
  type MachineStats,
  type Metric,
  type StatsTick,
} from '../../../preload/contract/stats'
import type { Volume } from '../../../preload/contract/volumes'

export function engine(changes: Partial<Engine> = {}): Engine {
  return {
    id: 'e1',
    name: 'harbour',
    kind: 'docker',
    endpoint: 'unix:///var/run/docker.sock',
    encrypted: true,
    settings: null,
    foundBy: 'system socket',
    state: 'connected',
    stateSince: 0,
    lastHeardAt: 1,
    version: '29.1.0',
    apiVersion: '1.52',
    platform: 'linux/amd64',
    cpuCount: 4,
    memoryBytes: 8 * 1024 ** 3,
    rootless: false,
    statsSource: 'cgroup',
    problem: null,
    ...changes,
  }
}

export const imageIdOf = (digit: string) => `sha256:${digit.repeat(64)}`

export function image(changes: Partial<Image> = {}): Image {
  return {
    id: imageIdOf('a'),
    references: ['nginx:latest'],
    digests: [],
    createdAt: 0,
    sizeBytes: 100 * 1024 ** 2,
    dangling: false,
    labels: {},
    usedBy: [],
    ...changes,
  }
}

export function container(name: string, changes: Partial<Container> = {}): Container {
  return {
    id: name,
    name,
    image: 'nginx',
    imageId: null,
    newerImageId: null,
    command: '',
    createdAt: 0,
    startedAt: null,
    finishedAt: null,
    state: 'running',
    exitCode: null,
    oomKilled: false,
    restartLoop: null,
    health: 'none',
    ports: [],
    mounts: [],
    networks: [],
    labels: {},
    composeProject: null,
    composeService: null,
    cpuLimitCores: null,
    memoryLimitBytes: null,
    sample: false,
    ...changes,
  }
}

export function volume(id: string, changes: Partial<Volume> = {}): Volume {
  return {
    id,
    driver: 'local',
    mountpoint: `/var/lib/volumes/${id}/_data`,
    createdAt: 1,
    labels: {},
    options: {},
    scope: 'local',
    anonymous: false,
    composeProject: null,
    usedBy: [],
    size: null,
    ...changes,
  }
}

export function job(changes: Partial<Job> = {}): Job {
  return {
    id: 'j1',
    request: { kind: 'pull', engineId: 'e1', reference: 'nginx:latest' },
    subject: 'nginx:latest',
    state: 'running',
    startedAt: 0,
    endedAt: null,
    steps: [],
    currentBytes: 0,
    totalBytes: null,
    bytesPerSecond: null,
    etaSeconds: null,
    log: [],
    digest: null,
    result: null,
    problem: null,
    ...changes,
  }
}

/** A container's figures of which these are known. */
export function figures(id: string, known: Partial<Record<Metric, number>>): ContainerStats {
  return { id, values: metrics.map((metric) => known[metric] ?? null), source: 'cgroup' }
}

export function statsTick(
  at: number,
  containers: ContainerStats[],
  machine: Partial<MachineStats> = {},
): StatsTick {
  return {
    at,
    containers,
    machine: {
      cores: 4,
      cpuPercent: 50,
      memoryTotalBytes: 8 * 1024 ** 3,
      memoryUsedBytes: 4 * 1024 ** 3,
      ...machine,
    },
  }
}
