import { mountForm } from '../../../../preload/contract/containerMounts'
import { mountOptions, type MountSetting } from '../../../../preload/contract/containerSettings'
import { readSize } from './amounts'
import { joinCsv, splitCsv, splitPair } from './csv'

export interface ReadMount {
  mount: MountSetting
  /** Options that have no place in the settings. */
  left: string[]
}

const empty: MountSetting = {
  kind: 'volume',
  source: '',
  target: '',
  readOnly: false,
  sizeBytes: null,
  options: [],
}

const isOption = (text: string) => mountOptions.find((known) => known === text)

/** `-v [source:]target[:options]`; a Windows drive is part of a path. */
export function readVolume(text: string): ReadMount | null {
  const parts = /^(?:((?:[A-Za-z]:[\\/])?[^:]*):)?(\/[^:]*)(?::([^:]*))?$/.exec(text)
  if (parts?.[2] === undefined) return null
  const source = parts[1] ?? ''
  const mount: MountSetting = {
    ...empty,
    kind: /[/\\]|^[.~$]/.test(source) ? 'bind' : 'volume',
    source,
    target: parts[2],
  }
  return withModes(mount, parts[3] ? parts[3].split(',') : [])
}

function withModes(mount: MountSetting, modes: string[]): ReadMount {
  const left: string[] = []
  const read = { ...mount, options: [...mount.options] }
  for (const mode of modes) {
    const option = isOption(mode)
    if (mode === 'ro' || mode === 'readonly') read.readOnly = true
    else if (option) read.options.push(option)
    else if (mode !== 'rw') left.push(mode)
  }
  return { mount: read, left }
}

/** `--tmpfs target[:options]` */
export function readTmpfs(text: string): ReadMount | null {
  const [target, options] = splitPair(text, ':')
  if (!target.startsWith('/')) return null
  const left: string[] = []
  const mount: MountSetting = { ...empty, kind: 'tmpfs', target }
  for (const option of options?.split(',') ?? []) {
    const [key, value] = splitPair(option)
    const size = key === 'size' ? readSize(value ?? '') : null
    if (size !== null) mount.sizeBytes = size
    else if (key === 'ro') mount.readOnly = true
    else if (key !== 'rw') left.push(option)
  }
  return { mount, left }
}

/** `--mount type=bind,source=…,target=…,readonly` */
export function readMount(text: string): ReadMount | null {
  const left: string[] = []
  const mount: MountSetting = { ...empty, options: [] }
  for (const field of splitCsv(text)) {
    const [key, value] = splitPair(field)
    if (!readField(mount, key.toLowerCase(), value)) left.push(field)
  }
  const isUsable = mount.target !== '' && (mount.kind !== 'bind' || mount.source !== '')
  return isUsable && !left.some((field) => field.startsWith('type=')) ? { mount, left } : null
}

/** @returns false for a field that has no place in the settings. */
function readField(mount: MountSetting, key: string, value: string | null): boolean {
  const text = value ?? ''
  const isTrue = value === null || value === 'true' || value === '1'
  switch (key) {
    case 'type':
      if (text !== 'bind' && text !== 'volume' && text !== 'tmpfs') return false
      mount.kind = text
      return true
    case 'source':
    case 'src':
      mount.source = text
      return true
    case 'target':
    case 'destination':
    case 'dst':
      mount.target = text
      return true
    case 'readonly':
    case 'ro':
      mount.readOnly = isTrue
      return true
    case 'tmpfs-size':
      mount.sizeBytes = readSize(text)
      return mount.sizeBytes !== null
    case 'bind-propagation':
      return addOption(mount, text)
    case 'volume-nocopy':
      return !isTrue || addOption(mount, 'nocopy')
    case 'relabel':
      return addOption(mount, text === 'shared' ? 'z' : 'Z')
    default:
      return false
  }
}

function addOption(mount: MountSetting, text: string): boolean {
  const option = isOption(text)
  if (option) mount.options.push(option)
  return option !== undefined
}

/** The option and its value that say this mount. */
export function writeMount(mount: MountSetting): [option: string, value: string] {
  const form = mountForm(mount)
  const { kind, source, target, readOnly, sizeBytes } = mount
  switch (form.kind) {
    case 'anonymous':
      return ['--volume', target]
    case 'volume':
      return ['--volume', form.text]
    case 'tmpfs':
      return ['--tmpfs', form.options === '' ? target : `${target}:${form.options}`]
    case 'mount':
      return [
        '--mount',
        joinCsv([
          `type=${kind}`,
          ...(source === '' ? [] : [`source=${source}`]),
          `target=${target}`,
          ...(readOnly ? ['readonly'] : []),
          ...(sizeBytes === null ? [] : [`tmpfs-size=${sizeBytes}`]),
        ]),
      ]
  }
}
