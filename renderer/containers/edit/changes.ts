import {
  containerSettings,
  type ContainerSettings,
} from '../../../preload/contract/containerSettings'
import { bytes } from '../../format'

type SettingField = keyof ContainerSettings

/** One setting that differs, as texts; empty: it says nothing. */
export interface SettingChange {
  field: SettingField
  before: string
  after: string
}

const fields = Object.keys(containerSettings.shape).filter(
  (field): field is SettingField => field in containerSettings.shape,
)

/** What differs between two containers' settings. Of lists, only the items that come and go are told. */
export function settingChanges(
  before: ContainerSettings,
  after: ContainerSettings,
): SettingChange[] {
  return fields.flatMap((field) => {
    const [old, now] = [itemsOf(field, before[field]), itemsOf(field, after[field])]
    if (JSON.stringify(old) === JSON.stringify(now)) return []
    const gone = old.filter((item) => !now.includes(item))
    const come = now.filter((item) => !old.includes(item))
    // Nothing came or went: they stand in another order.
    const isOrder = gone.length === 0 && come.length === 0
    const text = (items: string[]) => items.join('\n')
    return [{ field, before: text(isOrder ? old : gone), after: text(isOrder ? now : come) }]
  })
}

/** A setting as the items that it is made of; a plain one is one item, an empty one none. */
function itemsOf(field: SettingField, value: unknown): string[] {
  if (value === null || value === undefined || value === false || value === '') return []
  if (Array.isArray(value)) {
    // A command is one thing, in order.
    const isOne = field === 'command' || field === 'entrypoint'
    return isOne ? [value.map(String).join(' ')].filter((text) => text !== '') : value.map(textOf)
  }
  if (field === 'labels' || field === 'sysctls') {
    return Object.entries(value).map(([name, text]) => `${name}=${String(text)}`)
  }
  if (typeof value === 'number' && field.endsWith('Bytes')) return [value < 0 ? '∞' : bytes(value)]
  return [textOf(value)]
}

/** `NAME=value`, or the parts that say something, with spaces between. */
function textOf(item: unknown): string {
  if (typeof item !== 'object' || item === null) return item === true ? '✓' : String(item)
  if ('name' in item && 'value' in item) return `${String(item.name)}=${String(item.value)}`
  return Object.entries(item)
    .flatMap(([name, part]: [string, unknown]) => {
      if (part === null || part === '' || part === false) return []
      if (Array.isArray(part)) return part.map(String)
      if (part === true) return [name]
      return [typeof part === 'string' ? part : JSON.stringify(part)]
    })
    .join(' ')
}
