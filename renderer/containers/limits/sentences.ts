import {
  limitFields,
  type ContainerLimits,
  type LimitChanges,
  type LimitField,
  type LimitProblem,
} from '../../../preload/contract/limits'
import { bytes, cores, roundBytes } from '../../format'
import type { useWords } from '../../words'

type Words = ReturnType<typeof useWords>['t']

/** A bound in the unit of its field. */
function boundText({ field, bound }: LimitProblem): string {
  if (bound === null) return ''
  if (field === 'cpu') return cores(bound)
  if (field === 'processes') return String(bound)
  return roundBytes(bound)
}

/** What speaks against a change. */
export function problemText(problem: LimitProblem, t: Words): string {
  return t(`containers.limits.problems.${problem.code}`, { bound: boundText(problem) })
}

/** What a field is measured by, and what happens where it is emptied; '' for nothing. */
export function hintOf(
  field: LimitField,
  { now, changes, engine }: { now: ContainerLimits; changes: LimitChanges; engine: string },
  t: Words,
): string {
  const { machine, use, keepsLimits } = now
  const unchangeable = now.unchangeable.find((one) => one.field === field)
  if (unchangeable) return t(`containers.limits.hints.${unchangeable.reason}`, { ...unchangeable })
  const measured = (all: string, used: string | null) =>
    used === null
      ? t('containers.limits.hints.of', { all })
      : t('containers.limits.hints.ofWithUse', { all, use: used })
  switch (field) {
    case 'cpu': {
      if (changes.cpu === null && keepsLimits) {
        return t('containers.limits.hints.allCores', { engine, count: machine.cores })
      }
      const all = t('containers.limits.hints.cores', machine.cores)
      return measured(all, use.cpuPercent === null ? null : (use.cpuPercent / 100).toFixed(2))
    }
    case 'memory': {
      if (machine.memoryBytes === null) return ''
      const all = bytes(machine.memoryBytes)
      if (changes.memory === null && keepsLimits) {
        return t('containers.limits.hints.allMemory', { engine, size: all })
      }
      return measured(all, use.memoryBytes === null ? null : bytes(use.memoryBytes))
    }
    case 'processes':
      return use.processes === null
        ? t('containers.limits.hints.processes')
        : t('containers.limits.hints.processesWithUse', { use: use.processes })
    case 'reservation':
    case 'restart':
      return t(`containers.limits.hints.${field}`)
  }
}

/** The limits that were changed, as they are now: `1.5 cores, 128 MiB of memory`. */
export function changesText(
  changes: LimitChanges,
  { keepsLimits, machine }: ContainerLimits,
  t: Words,
): string {
  const cpu = changes.cpu === null && keepsLimits ? machine.cores : changes.cpu
  const { memory, reservation, processes, restart } = changes
  const texts: Record<LimitField, string | undefined> = {
    cpu:
      cpu === null
        ? t('containers.limits.values.noCpu')
        : cpu && t('containers.limits.values.cpu', { count: cores(cpu) }, cpu === 1 ? 1 : 2),
    memory: sized('memory', 'noMemory', memory),
    reservation: sized('reservation', 'noReservation', reservation),
    processes:
      processes === null
        ? t('containers.limits.values.noProcesses')
        : processes && t('containers.limits.values.processes', processes),
    restart:
      restart &&
      t('containers.limits.values.restart', {
        policy: t(`containers.limits.policies.${restart.name}`),
      }),
  }
  return limitFields.flatMap((field) => texts[field] ?? []).join(', ')

  function sized(
    key: 'memory' | 'reservation',
    none: 'noMemory' | 'noReservation',
    size: number | null | undefined,
  ) {
    if (size === undefined) return undefined
    return size === null
      ? t(`containers.limits.values.${none}`)
      : t(`containers.limits.values.${key}`, { size: roundBytes(size) })
  }
}
