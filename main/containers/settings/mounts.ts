import { mountOptions, type MountSetting } from '../../../preload/contract/containerSettings'
import type { InspectedConfig, InspectedContainer } from '../../engines/dialect/inspection'
import type { ReadBackDialect } from '../../engines/dialect/readBack'
import { isUnnamed } from '../../volumes/unnamed'
import { asRecord, isNothing } from './records'
import type { HostSettings } from './told'

/** A mount with the part of an answer that it was read from. */
export interface ReadMount {
  setting: MountSetting
  /** It says more than a setting can. */
  hasMore: boolean
}

/**
 * What a container was asked to mount. A volume that nobody named is told without a source; one that only
 * its image asked for is none of its own.
 */
export function readMounts(
  { HostConfig, Mounts: present, Config }: InspectedContainer,
  host: HostSettings,
  image: InspectedConfig,
  usual: ReadBackDialect,
): ReadMount[] {
  const read = [
    ...(HostConfig.Binds ?? []).flatMap((bind) => readBind(bind, usual)),
    ...(HostConfig.Mounts ?? []).map(readMount),
    ...Object.entries(host.Tmpfs ?? {})
      .map(readTmpfs)
      .filter((tmpfs) => !(host.ReadonlyRootfs && isReadOnlyFolder(tmpfs, usual))),
  ]
  const known = new Set(read.map(({ setting }) => setting.target))
  const asked = Object.keys(Config.Volumes ?? {}).filter((folder) => !known.has(folder))
  const there = (present ?? []).map(({ Destination }) => Destination)
  const anonymous = asked.filter((folder) => there.includes(folder))
  return [
    ...read,
    ...anonymous.map((target) => ({ setting: plain({ kind: 'volume', target }), hasMore: false })),
  ]
    .filter(({ setting }) => !(isAnonymous(setting) && setting.target in (image.Volumes ?? {})))
    .sort((one, other) => (one.setting.target < other.setting.target ? -1 : 1))
}

function isReadOnlyFolder({ setting, hasMore }: ReadMount, usual: ReadBackDialect): boolean {
  return !hasMore && setting.sizeBytes === null && usual.readOnlyFolders.includes(setting.target)
}

function isAnonymous({ kind, source }: MountSetting): boolean {
  return kind === 'volume' && source === ''
}

function plain(mount: Pick<MountSetting, 'kind' | 'target'> & Partial<MountSetting>): MountSetting {
  return { source: '', readOnly: false, sizeBytes: null, options: [], ...mount }
}

/** `source:target[:options]`, as `-v` takes it. */
function readBind(bind: string, usual: ReadBackDialect): ReadMount[] {
  const [source = '', target = '', modes = '', ...rest] = bind.split(':')
  if (!target.startsWith('/')) return []
  const words = modes
    .split(',')
    .filter((word) => word !== '' && word !== 'rw' && !usual.bindOptions.includes(word))
  const options = mountOptions.filter((option) => words.includes(option))
  const readOnly = words.includes('ro')
  const understood = options.length + (readOnly ? 1 : 0)
  const isBind = source.startsWith('/')
  const setting = plain({
    kind: isBind ? 'bind' : 'volume',
    source: !isBind && isUnnamed(source) ? '' : source,
    target,
    readOnly,
    options,
  })
  return [{ setting, hasMore: understood < words.length || rest.length > 0 }]
}

const simpleFields = new Set(['Type', 'Source', 'Target', 'ReadOnly', 'TmpfsOptions'])

/** As `--mount` takes it. */
function readMount(mount: Record<string, unknown>): ReadMount {
  const { Type, Source, Target, ReadOnly, TmpfsOptions } = mount
  const size = asRecord(TmpfsOptions).SizeBytes
  const source = typeof Source === 'string' && !isUnnamed(Source) ? Source : ''
  const more = Object.entries(mount).filter(
    ([field, value]) => !simpleFields.has(field) && !isNothing(value),
  )
  return {
    setting: plain({
      kind: Type === 'bind' || Type === 'tmpfs' ? Type : 'volume',
      source,
      target: typeof Target === 'string' ? Target : '',
      readOnly: ReadOnly === true,
      sizeBytes: typeof size === 'number' && size > 0 ? size : null,
    }),
    hasMore:
      more.length > 0 || Object.keys(asRecord(TmpfsOptions)).some((key) => key !== 'SizeBytes'),
  }
}

/** What Docker and Podman add to each. */
const tmpfsDefaults = new Set(['rw', 'noexec', 'nosuid', 'nodev', 'rprivate', 'tmpcopyup'])
const units: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

function readTmpfs([target, text]: [string, string]): ReadMount {
  const words = text.split(',').filter((word) => word !== '' && !tmpfsDefaults.has(word))
  const size = words.map((word) => /^size=(\d+)([kmg]?)$/i.exec(word)).find((match) => match)
  const readOnly = words.includes('ro')
  const understood = (size ? 1 : 0) + (readOnly ? 1 : 0)
  return {
    setting: plain({
      kind: 'tmpfs',
      target,
      readOnly,
      sizeBytes: size ? Number(size[1]) * (units[(size[2] ?? '').toLowerCase()] ?? 1) : null,
    }),
    hasMore: understood < words.length,
  }
}
