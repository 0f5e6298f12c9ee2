import {
  restartPolicy,
  type ContainerLimits,
  type LimitChanges,
  type LimitField,
  type RestartPolicy,
} from '../../../preload/contract/limits'
import { readBytes, readCores, readCount, writeBytes, type Amount } from '../../amounts'

/** What stands in the dialog: text, right or wrong. Empty: no limit. */
export interface LimitsForm {
  cpu: string
  memory: string
  reservation: string
  processes: string
  restart: RestartPolicy['name']
  retries: string
}

type ReasonOf<Result> =
  Extract<Result, { ok: false }> extends { reason: infer Reason extends string } ? Reason : never
/** What is wrong with a text; each has its sentence in the words. */
export type Misreading = ReasonOf<
  ReturnType<typeof readCores> | ReturnType<typeof readBytes> | ReturnType<typeof readCount>
>

export interface LimitsReading {
  /** Only what differs from what is in force. */
  changes: LimitChanges
  misread: ReadonlyMap<keyof LimitsForm, Misreading>
}

export function formOf({ restart, ...limits }: ContainerLimits['limits']): LimitsForm {
  return {
    cpu: limits.cpu === null ? '' : String(Math.round(limits.cpu * 1_000) / 1_000),
    memory: limits.memory === null ? '' : writeBytes(limits.memory),
    reservation: limits.reservation === null ? '' : writeBytes(limits.reservation),
    processes: limits.processes === null ? '' : String(limits.processes),
    restart: restart.name,
    retries: String(restart.maximumRetries),
  }
}

/** What the form asks for. A text that was not touched asks for nothing, however it was rounded. */
export function readForm(form: LimitsForm, limits: ContainerLimits['limits']): LimitsReading {
  const before = formOf(limits)
  const misread = new Map<keyof LimitsForm, Misreading>()
  const changes: LimitChanges = {}

  function read(
    field: Exclude<LimitField, 'restart'>,
    parse: (text: string) => Amount<Misreading>,
  ): void {
    const amount = parse(form[field])
    if (!amount.ok) misread.set(field, amount.reason)
    else if (form[field] !== before[field] && amount.value !== limits[field]) {
      changes[field] = amount.value
    }
  }
  read('cpu', readCores)
  read('memory', readBytes)
  read('reservation', readBytes)
  read('processes', readCount)

  const restart = readPolicy(form)
  if (restart === null) misread.set('retries', 'not-a-count')
  else if (!isSamePolicy(restart, limits.restart)) changes.restart = restart
  return { changes, misread }
}

/** Null: the retries are no number of them. */
function readPolicy({ restart: name, retries }: LimitsForm): RestartPolicy | null {
  if (name !== 'on-failure') return { name, maximumRetries: 0 }
  const count = readCount(retries)
  const policy = restartPolicy.safeParse({
    name,
    maximumRetries: count.ok ? (count.value ?? 0) : -1,
  })
  return policy.success ? policy.data : null
}

function isSamePolicy(one: RestartPolicy, other: RestartPolicy): boolean {
  if (one.name !== other.name) return false
  return one.name !== 'on-failure' || one.maximumRetries === other.maximumRetries
}

/** What takes changes back: the limits in force before them. */
export function formerOf(changes: LimitChanges, limits: ContainerLimits['limits']): LimitChanges {
  return {
    ...(changes.cpu !== undefined && { cpu: limits.cpu }),
    ...(changes.memory !== undefined && { memory: limits.memory }),
    ...(changes.reservation !== undefined && { reservation: limits.reservation }),
    ...(changes.processes !== undefined && { processes: limits.processes }),
    ...(changes.restart !== undefined && { restart: limits.restart }),
  }
}
