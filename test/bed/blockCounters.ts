import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const BLKIO = '/sys/fs/cgroup/blkio'

/**
 * Whether this kernel counts what a cgroup (v1) writes to the disk. Some virtual machines' kernels keep
 * the files and count nothing. True where there is no such hierarchy to ask.
 */
export function countsBlockBytes(): boolean {
  if (!existsSync(BLKIO)) return true
  const folder = mkdtempSync(join(tmpdir(), 'longshore-blkio-'))
  const cgroup = join(BLKIO, `longshore-probe-${process.pid}`)
  mkdirSync(cgroup)
  try {
    execFileSync('sh', [
      '-c',
      'echo $$ > "$0/cgroup.procs" && exec dd if=/dev/zero of="$1/file" bs=64k count=4 oflag=direct status=none',
      ...[cgroup, folder],
    ])
    const counted = readFileSync(join(cgroup, 'blkio.throttle.io_service_bytes'), 'utf8')
    return !/^Total 0$/m.test(counted)
  } finally {
    rmSync(folder, { recursive: true })
    rmdirSync(cgroup)
  }
}
