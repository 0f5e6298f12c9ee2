import {
  type ContainerLimits,
  type LimitChanges,
  type LimitField,
  type LimitProblem,
} from '../../../preload/contract/limits'
import { bytes, cores, roundBytes } from '../../format'
import type { KeyValue } from '../../ui/keyValue'
import type { useWords } from '../../words'
import { numberFormat } from '../../words/formats'

type Words = ReturnType<typeof useWords>['t']
type Amounts = Omit<ContainerLimits['limits'], 'restart'>

/** It moves: with two decimals it does not move what stands beside it. */
const coresInUse = numberFormat({ minimumFractionDigits: 2, maximumFractionDigits: 2 })

const coresText = (count: number, t: Words) =>
  t('containers.limits.cores', { count: cores(count) }, count === 1 ? 1 : 2)

/** In the unit of its field. */
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
  const { machine, use, unremovable } = now
  const unchangeable = now.unchangeable.find((one) => one.field === field)
  if (unchangeable) return t(`containers.limits.hints.${unchangeable.reason}`, { ...unchangeable })
  const measured = (all: string, used: string | null) =>
    used === null
      ? t('containers.limits.hints.of', { all })
      : t('containers.limits.hints.ofWithUse', { all, use: used })
  switch (field) {
    case 'cpu': {
      if (changes.cpu === null && unremovable.includes('cpu')) {
        return t('containers.limits.hints.allCores', { engine, count: machine.cores })
      }
      const all = coresText(machine.cores, t)
      return measured(all, use.cpuPercent === null ? null : coresInUse(use.cpuPercent / 100))
    }
    case 'memory': {
      if (machine.memoryBytes === null) return ''
      const all = bytes(machine.memoryBytes)
      if (changes.memory === null && unremovable.includes('memory')) {
        return t('containers.limits.hints.allMemory', { engine, size: all })
      }
      return measured(all, use.memoryBytes === null ? null : bytes(use.memoryBytes))
    }
    case 'processes':
      if (use.processes === null) return ''
      return t('containers.limits.hints.processes', { use: use.processes })
    case 'reservation':
    case 'restart':
      return t(`containers.limits.hints.${field}`)
  }
}

/** The limits as the overview lists them: the usual two always, the others where they are set. */
export function limitFacts(
  {
    cpu,
    memory,
    reservation = null,
    processes = null,
  }: Partial<Amounts> & Pick<Amounts, 'cpu' | 'memory'>,
  t: Words,
): KeyValue[] {
  const none = t('containers.overview.noLimit')
  const facts = [
    { label: t('containers.overview.cpuLimit'), value: cpu === null ? none : coresText(cpu, t) },
    {
      label: t('containers.overview.memoryLimit'),
      value: memory === null ? none : roundBytes(memory),
    },
  ]
  if (reservation !== null) {
    facts.push({ label: t('containers.overview.reservation'), value: roundBytes(reservation) })
  }
  if (processes !== null) {
    facts.push({ label: t('containers.overview.processesLimit'), value: String(processes) })
  }
  return facts
}

/** The limits that were changed, as they are now: `1.5 cores, 128 MiB of memory`. */
export function changesText(
  { cpu, memory, reservation, processes, restart }: LimitChanges,
  { unremovable, machine }: ContainerLimits,
  t: Words,
): string {
  const cpuNow = cpu === null && unremovable.includes('cpu') ? machine.cores : cpu
  return [
    told(cpuNow, t('containers.limits.values.noCpu'), (count) => coresText(count, t)),
    told(memory, t('containers.limits.values.noMemory'), (size) =>
      t('containers.limits.values.memory', { size: roundBytes(size) }),
    ),
    told(reservation, t('containers.limits.values.noReservation'), (size) =>
      t('containers.limits.values.reservation', { size: roundBytes(size) }),
    ),
    told(processes, t('containers.limits.values.noProcesses'), (count) =>
      t('containers.limits.values.processes', count),
    ),
    told(restart, '', ({ name }) =>
      t('containers.limits.values.restart', { policy: t(`containers.limits.policies.${name}`) }),
    ),
  ]
    .filter((text) => text !== null)
    .join(', ')
}

/** Null: it was not changed. */
function told<Value>(
  value: Value | null | undefined,
  none: string,
  text: (value: Value) => string,
): string | null {
  if (value === undefined) return null
  return value === null ? none : text(value)
}
