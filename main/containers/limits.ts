import type { ContainerInspectInfo } from 'dockerode'
import { z } from 'zod'
import type { Limit } from '../../preload/contract/isolation'
import {
  limitProblems,
  restartPolicyNames,
  type ContainerLimits,
  type LimitChanges,
  type LimitProblemCode,
  type RestartPolicy,
} from '../../preload/contract/limits'
import { say } from '../../preload/contract/say'
import { metricIndex, type ContainerStats } from '../../preload/contract/stats'
import type { LimitsUpdate } from '../engines/dialect/dialect'
import type { EngineLink } from '../engines/handshake'
import { postJson } from '../engines/postJson'
import { Failure, toFailure } from '../errors'
import { limitsInForce } from '../isolation/limitsInForce'
import { cpuLimitOf } from './summary'

/** A container's limits, and what beside them an engine's request needs. */
interface Known {
  now: ContainerLimits
  /** Of memory and swap together, bytes; -1: no limit; null: this kernel does not count swap. */
  andSwapBytes: number | null
  /** The CPU limit was given as a quota, not as a number of CPUs. */
  byQuota: boolean
}

type Latest = (id: string) => ContainerStats | null

/**
 * The limits of a container. Those of a running one on this machine are the kernel's own, as an engine
 * may have forgotten what it changed (Podman before 5.1 does).
 *
 * @param latest Its newest figures, for what it uses now.
 */
export async function readLimits(
  link: EngineLink,
  id: string,
  latest: Latest,
): Promise<ContainerLimits> {
  return (await know(link, id, latest)).now
}

/** Changes limits. Throws `invalid-input` for what speaks against it, before anything is sent. */
export async function updateLimits(
  link: EngineLink,
  id: string,
  changes: LimitChanges,
  latest: Latest,
): Promise<{ warnings: string[] }> {
  const known = await know(link, id, latest)
  const problems = limitProblems(known.now, changes)
  const problem = problems.find(({ severity }) => severity === 'error')
  if (problem) {
    throw new Failure('invalid-input', problemWords[problem.code](), {
      hint: say`Change this value; nothing was sent to the engine.`,
    })
  }
  const request = link.dialect.limitsRequest(id, updateOf(known, changes), {
    byQuota: known.byQuota,
    machine: known.now.machine,
  })
  const isBelowUse = problems.some(({ code }) => code === 'memory-below-use')
  const answer = warningsAnswer.safeParse(
    await postJson(link.client, request).catch((error: unknown) => {
      throw refusal(error, isBelowUse)
    }),
  )
  return { warnings: (answer.success ? answer.data.Warnings : null) ?? [] }
}

/**
 * The kernel gives no memory limit to a container that holds more (cgroup v1: EBUSY). Docker passes on
 * what the OCI runtime said of that; Podman 4.3 only that it failed.
 */
function refusal(error: unknown, isBelowUse: boolean): Failure {
  const failure = toFailure(error)
  const { code, engineMessage = '' } = failure
  const isTold = /device or resource busy|unable to set memory limit/i.test(engineMessage)
  if (!isTold && !(isBelowUse && code === 'engine-error')) return failure
  return new Failure('conflict', problemWords['memory-below-anonymous'](), {
    hint: say`Give it more, or have it use less first.`,
    engineMessage,
    cause: error,
  })
}

const warningsAnswer = z.object({ Warnings: z.array(z.string()).nullish() })

async function know(link: EngineLink, id: string, latest: Latest): Promise<Known> {
  const info = await link.client.call((docker, abortSignal) =>
    docker.getContainer(id).inspect({ abortSignal }),
  )
  const { HostConfig: host, State: state } = info
  const { facts, dialect } = link
  const running = state.Pid > 0
  const byQuota = !host.NanoCpus && Boolean(host.CpuQuota || host.CpuPeriod)
  const inForce = running && facts.sharesKernel ? await limitsInForce({ id, pid: state.Pid }) : null
  const values = running ? latest(id)?.values : undefined
  const machine = { cores: facts.cpuCount, memoryBytes: facts.memoryBytes || null }
  const now: ContainerLimits = {
    limits: {
      ...asInspected(host, machine.memoryBytes),
      ...(inForce && asInForce(inForce, machine.memoryBytes)),
      restart: restartOf(host),
    },
    use: {
      cpuPercent: values?.[metricIndex.cpuPercent] ?? null,
      memoryBytes: values?.[metricIndex.memoryBytes] ?? null,
      memoryAnonymousBytes: values?.[metricIndex.memoryAnonymousBytes] ?? null,
      processes: values?.[metricIndex.processes] ?? null,
    },
    machine,
    running,
    autoRemove: host.AutoRemove ?? false,
    ...dialect.limitsSupport(facts.version, { running, byQuota }),
  }
  return {
    now,
    andSwapBytes: inForce ? swapInForce(inForce) : host.MemorySwap || 2 * (host.Memory ?? 0) || -1,
    byQuota,
  }
}

type Numbers = Omit<ContainerLimits['limits'], 'restart'>

function asInspected(
  host: ContainerInspectInfo['HostConfig'],
  machineBytes: number | null,
): Numbers {
  const above = (value: number | null | undefined) => (value && value > 0 ? value : null)
  return {
    cpu: cpuLimitOf(host),
    memory: belowAll(above(host.Memory), machineBytes),
    reservation: above(host.MemoryReservation),
    processes: above(host.PidsLimit),
  }
}

/** A limit to all that the machine has, or more, is none. */
function belowAll(bytes: number | null, machineBytes: number | null): number | null {
  return bytes === null || (machineBytes !== null && bytes >= machineBytes) ? null : bytes
}

function asInForce(limits: readonly Limit[], machineBytes: number | null): Partial<Numbers> {
  const numbers: Partial<Numbers> = {}
  for (const limit of limits) {
    if (limit.kind === 'cpu-quota') {
      numbers.cpu = limit.quotaMicros === null ? null : limit.quotaMicros / limit.periodMicros
    } else if (limit.kind === 'memory-max') numbers.memory = belowAll(limit.bytes, machineBytes)
    // An engine's reservation is `low` on cgroup v2 (runc libcontainer/cgroups/fs2/memory.go).
    else if (limit.kind === 'memory-reservation')
      numbers.reservation = belowAll(limit.bytes, machineBytes)
    else if (limit.kind === 'memory-low') numbers.reservation = limit.bytes || null
    else if (limit.kind === 'processes') numbers.processes = limit.count
  }
  return numbers
}

function restartOf(host: ContainerInspectInfo['HostConfig']): RestartPolicy {
  const { Name, MaximumRetryCount } = host.RestartPolicy ?? {}
  const name = restartPolicyNames.find((one) => one === Name) ?? 'no'
  return { name, maximumRetries: MaximumRetryCount ?? 0 }
}

/** Version 1 limits memory and swap together, version 2 swap alone. */
function swapInForce(limits: readonly Limit[]): number | null {
  let memory: number | null = null
  let swap: number | null | undefined
  for (const limit of limits) {
    if (limit.kind === 'memory-and-swap-max') return limit.bytes ?? -1
    if (limit.kind === 'memory-max') memory = limit.bytes
    else if (limit.kind === 'swap-max') swap = limit.bytes
  }
  if (swap === undefined) return null
  return swap === null || memory === null ? -1 : memory + swap
}

function updateOf(known: Known, changes: LimitChanges): LimitsUpdate {
  const { cpu, memory, reservation, processes, restart } = changes
  const update: LimitsUpdate = {}
  if (cpu !== undefined) update.cpuCores = cpu
  if (memory !== undefined)
    update.memory = { bytes: memory, andSwapBytes: andSwapOf(known, memory) }
  if (reservation !== undefined) update.reservationBytes = reservation
  if (processes !== undefined) update.processes = processes
  if (restart) update.restart = restart
  return update
}

/** As much swap as before; twice the memory in all, as engines do it, where there was no limit. */
function andSwapOf({ andSwapBytes, now: { limits } }: Known, bytes: number | null): number | null {
  if (andSwapBytes === null) return null
  if (bytes === null) return -1
  if (limits.memory === null) return 2 * bytes
  if (andSwapBytes === -1) return -1
  return bytes + Math.max(0, andSwapBytes - limits.memory)
}

const problemWords: Record<LimitProblemCode, () => string> = {
  'engine-too-old': () => say`This engine does not change that in a container that exists.`,
  'not-running': () => say`This engine changes limits only while the container runs.`,
  'cpu-too-small': () => say`Engines give a container a hundredth of a core at least.`,
  'cpu-above-machine': () => say`The machine does not have so many cores.`,
  'cpu-below-use': () => say`The container uses more CPU than that.`,
  'memory-too-small': () => say`Engines give a container 6 MiB of memory at least.`,
  'memory-above-machine': () => say`The machine does not have so much memory.`,
  'memory-below-anonymous': () =>
    say`The container holds more memory than that and cannot give it back.`,
  'memory-below-use': () => say`The container uses more memory than that.`,
  'reservation-above-limit': () =>
    say`The reservation is above the memory limit, where it means nothing.`,
  'reservation-too-small': () => say`Engines reserve 6 MiB of memory at least.`,
  'processes-too-few': () => say`A container needs a process at least.`,
  'processes-below-use': () => say`The container has more processes than that.`,
  'restart-auto-remove': () => say`A container that is removed when it ends cannot be restarted.`,
  'retries-not-used': () => say`Only “on failure” counts how often a container was restarted.`,
}
