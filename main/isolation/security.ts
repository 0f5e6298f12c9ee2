import type { Security } from '../../preload/contract/isolation'
import { isMissing, systemCodeOf } from '../systemFiles'
import type { ProcFolder } from './procFiles'
import type { ProcessStatus } from './processStatus'

/** What of a security summary is read from /proc, without what the engine tells. */
export type ReadSecurity = Omit<Security, 'privileged'>

/** Seccomp, the security module's label and the mounts that hide or lock things. */
export async function readSecurity(
  process: ProcFolder,
  status: ProcessStatus,
): Promise<ReadSecurity> {
  const [label, mounts] = await Promise.all([readLabel(process), process.read('mountinfo')])
  return {
    seccomp: status.seccompMode === 2 ? 'filter' : status.seccompMode === 1 ? 'strict' : 'off',
    seccompFilters: status.seccompFilters,
    noNewPrivileges: status.noNewPrivileges,
    label,
    ...parseProtections(mounts),
  }
}

/**
 * AppArmor has a file of its own since Linux 5.8; the other is shared by all modules and fails with
 * EINVAL where none uses it.
 */
async function readLabel(process: ProcFolder): Promise<Security['label']> {
  for (const [file, module] of [
    ['attr/apparmor/current', 'apparmor'],
    ['attr/current', null],
  ] as const) {
    try {
      const text = (await process.read(file)).replace(/[\0\n]+$/, '')
      if (text !== '') return { module: module ?? moduleOf(text), text }
    } catch (error) {
      if (!isMissing(error) && !isWithoutModule(error)) throw error
    }
  }
  return null
}

/** By the label's form: `user:role:type:level` is SELinux's, `profile (enforce)` AppArmor's. */
export function moduleOf(label: string): 'apparmor' | 'selinux' | 'other' {
  if (/^[^:\s]+:[^:\s]+:[^:\s]+(:\S+)?$/.test(label)) return 'selinux'
  return /^unconfined$|\((enforce|complain|kill|unconfined)\)$/.test(label) ? 'apparmor' : 'other'
}

function isWithoutModule(error: unknown): boolean {
  return systemCodeOf(error) === 'EINVAL'
}

/**
 * What a container's mounts (proc_pid_mountinfo(5)) take away: engines hide a folder of /proc or /sys
 * under an empty tmpfs and a file under /dev/null, and mount others once more, read only (OCI runtime
 * specification, `maskedPaths` and `readonlyPaths`).
 */
export function parseProtections(
  mountinfo: string,
): Pick<Security, 'rootReadOnly' | 'maskedPaths' | 'readOnlyPaths'> {
  let rootReadOnly: boolean | null = null
  const masked = new Set<string>()
  const readOnly = new Set<string>()
  for (const line of mountinfo.split('\n')) {
    const [left = '', right = ''] = line.split(' - ', 2)
    const [, , , , point = '', options = ''] = left.split(' ')
    const type = right.split(' ', 1)[0] ?? ''
    const isReadOnly = options.split(',').includes('ro')
    if (point === '/') rootReadOnly = isReadOnly
    else if (/^\/(proc|sys)(\/|$)/.test(point) && !point.startsWith('/sys/fs/cgroup')) {
      if (type === 'tmpfs' || type === 'devtmpfs') masked.add(point)
      else if (isReadOnly) readOnly.add(point)
    }
  }
  return { rootReadOnly, maskedPaths: [...masked].sort(), readOnlyPaths: [...readOnly].sort() }
}
