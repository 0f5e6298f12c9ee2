import type { MountSetting } from '../../../preload/contract/containerSettings'

/** The fields of a create body that mount something. */
export interface MountFields {
  /** Anonymous volumes, by their folder. */
  Volumes: Record<string, object>
  HostConfig: {
    Binds: string[]
    Mounts: Record<string, unknown>[]
    Tmpfs: Record<string, string>
  }
}

/**
 * Mounts as `docker run` sends them for `-v` and `--tmpfs`; `Mounts`, which are what `--mount` sends, only
 * for what those cannot say. A bind whose folder is not there is made by the engine with `-v`, and refused
 * with `--mount`.
 */
export function mountFields(mounts: readonly MountSetting[]): MountFields {
  const fields: MountFields = { Volumes: {}, HostConfig: { Binds: [], Mounts: [], Tmpfs: {} } }
  const { Binds, Mounts, Tmpfs } = fields.HostConfig
  for (const mount of mounts) {
    const { kind, source, target, readOnly } = mount
    if (kind === 'tmpfs') Tmpfs[target] = tmpfsOptions(mount).join(',')
    else if (source === '' && !readOnly && !target.includes(':')) fields.Volumes[target] = {}
    else if (source !== '' && !`${source}${target}`.includes(':')) Binds.push(bindOf(mount))
    else Mounts.push({ Type: kind, Source: source, Target: target, ReadOnly: readOnly })
  }
  return fields
}

function bindOf({ source, target, readOnly, options }: MountSetting): string {
  const modes = [...(readOnly ? ['ro'] : []), ...options]
  return [source, target, ...(modes.length > 0 ? [modes.join(',')] : [])].join(':')
}

function tmpfsOptions({ readOnly, sizeBytes }: MountSetting): string[] {
  return [...(readOnly ? ['ro'] : []), ...(sizeBytes === null ? [] : [`size=${sizeBytes}`])]
}
