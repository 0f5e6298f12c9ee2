import { mountForm } from '../../../preload/contract/containerMounts'
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

/** Mounts as `docker run` sends them. */
export function mountFields(mounts: readonly MountSetting[]): MountFields {
  const fields: MountFields = { Volumes: {}, HostConfig: { Binds: [], Mounts: [], Tmpfs: {} } }
  const { Binds, Mounts, Tmpfs } = fields.HostConfig
  for (const mount of mounts) {
    const form = mountForm(mount)
    if (form.kind === 'tmpfs') Tmpfs[mount.target] = form.options
    else if (form.kind === 'anonymous') fields.Volumes[mount.target] = {}
    else if (form.kind === 'volume') Binds.push(form.text)
    else Mounts.push(asMount(mount))
  }
  return fields
}

function asMount({ kind, source, target, readOnly, sizeBytes }: MountSetting) {
  return {
    Type: kind,
    ...(source !== '' && { Source: source }),
    Target: target,
    ...(readOnly && { ReadOnly: true }),
    ...(sizeBytes !== null && { TmpfsOptions: { SizeBytes: sizeBytes } }),
  }
}
