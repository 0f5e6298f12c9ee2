import { z } from 'zod'
import {
  namespaceKinds,
  type Namespace,
  type NamespaceKind,
} from '../../preload/contract/isolation'

const modes = z.object({
  PidMode: z.string().default(''),
  NetworkMode: z.string().default(''),
  UTSMode: z.string().default(''),
  IpcMode: z.string().default(''),
  CgroupnsMode: z.string().default(''),
})

/**
 * The namespaces as the engine was asked for them (`HostConfig` of an inspect), for processes whose
 * own the kernel does not show to this user. `identityMapping`: the container's user ids are the
 * machine's, which is how its user namespace is known; null: not known.
 */
export function namespacesFromInspect(
  hostConfig: unknown,
  identityMapping: boolean | null,
  nameOf: (id: string) => string | null,
): Namespace[] {
  const asked = modes.safeParse(hostConfig)
  const modeOf: Partial<Record<NamespaceKind, string>> = asked.success
    ? {
        pid: asked.data.PidMode || 'private',
        net: asked.data.NetworkMode || 'private',
        uts: asked.data.UTSMode || 'private',
        ipc: asked.data.IpcMode || 'private',
        // Which of the two is the default depends on the engine's configuration and the cgroup version.
        ...(asked.data.CgroupnsMode && { cgroup: asked.data.CgroupnsMode }),
      }
    : {}
  // No engine has an option for sharing it.
  modeOf.mnt = 'private'
  if (identityMapping !== null) modeOf.user = identityMapping ? 'host' : 'private'
  return namespaceKinds.map((kind) => fromMode(kind, modeOf[kind], nameOf))
}

function fromMode(
  kind: NamespaceKind,
  mode: string | undefined,
  nameOf: (id: string) => string | null,
): Namespace {
  const namespace = { kind, inode: null, with: [] }
  if (mode === undefined) return { ...namespace, sharing: 'unknown' }
  if (mode === 'host') return { ...namespace, sharing: 'host' }
  const [, id] = /^container:(.+)$/.exec(mode) ?? []
  if (id === undefined) return { ...namespace, sharing: 'own' }
  const sharer = { id, name: nameOf(id) ?? id.slice(0, 12) }
  return { ...namespace, sharing: 'container', with: [sharer] }
}
