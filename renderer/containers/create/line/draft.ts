import {
  containerSettings,
  type ContainerSettings,
  type HealthcheckSetting,
  type NetworkSetting,
} from '../../../../preload/contract/containerSettings'
import type { LineNote } from './notes'

type Field = keyof ContainerSettings
type ListField = {
  [Name in Field]-?: ContainerSettings[Name] extends readonly unknown[] ? Name : never
}[Field]

/** Settings while a line is read: a value that the contract would refuse is not taken. */
export class Draft {
  readonly settings: ContainerSettings = containerSettings.parse({ image: 'none' })
  readonly notes: LineNote[] = []
  /** Of the first network, whichever it will be. */
  readonly firstNetwork: Partial<NetworkSetting> = {}
  /** For Docker's CFS options: 100 ms, unless it is said. */
  cpuPeriodMicros = 100_000
  cpuQuotaMicros: number | null = null
  readonly isPodman: boolean

  constructor(isPodman: boolean) {
    this.isPodman = isPodman
  }

  /** @returns whether the contract takes it. */
  set(name: Field, value: unknown): boolean {
    const checked = containerSettings.shape[name].safeParse(value)
    if (!checked.success) return false
    Object.assign(this.settings, { [name]: checked.data })
    return true
  }

  /** Adds to a list. */
  add(name: ListField, ...values: unknown[]): boolean {
    return this.set(name, [...this.settings[name], ...values])
  }

  /** Adds to a set of names with values. */
  put(name: 'labels' | 'sysctls', key: string, value: string): boolean {
    return this.set(name, { ...this.settings[name], [key]: value })
  }

  /** Changes one thing of a health check that is the image's otherwise. */
  check(changes: Partial<Extract<HealthcheckSetting, { kind: 'check' }>>): boolean {
    const { healthcheck } = this.settings
    const before = healthcheck?.kind === 'check' ? healthcheck : { kind: 'check', test: null }
    return this.set('healthcheck', { ...before, ...changes })
  }

  note(kind: LineNote['kind'], text: string): void {
    this.notes.push({ kind, text })
  }

  /** What concerns several options together. */
  finish(): void {
    const { networks } = this.settings
    if (Object.keys(this.firstNetwork).length > 0) {
      const [first = { name: 'bridge' }, ...others] = networks
      const merged = { ...first, ...this.firstNetwork }
      if (!this.set('networks', [merged, ...others]))
        this.note('bad-value', '--network-alias, --ip')
    }
    if (this.cpuQuotaMicros !== null && this.cpuQuotaMicros > 0) {
      const cores = this.cpuQuotaMicros / this.cpuPeriodMicros
      if (!this.set('cpuLimitCores', cores)) this.note('bad-value', '--cpu-quota')
    }
  }
}
