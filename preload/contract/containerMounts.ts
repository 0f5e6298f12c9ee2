import type { MountSetting } from './containerSettings'

/** How `docker run` says a mount, which decides how the engine gets it. */
export type MountForm =
  /** `--tmpfs <target>[:<options>]` */
  | { kind: 'tmpfs'; options: string }
  /** `-v <target>`: a volume without a name. */
  | { kind: 'anonymous' }
  /** `-v <text>`: the engine makes a folder that is not there. */
  | { kind: 'volume'; text: string }
  /** `--mount …`: for what `-v` cannot say. */
  | { kind: 'mount' }

/** The form of a mount: `-v` wherever it can say it. Paths with a colon need `--mount`. */
export function mountForm({ kind, ...mount }: MountSetting): MountForm {
  const { source, target, readOnly, sizeBytes, options } = mount
  const modes = readOnly ? ['ro'] : []
  if (target.includes(':') || source.includes(':')) return { kind: 'mount' }
  if (kind === 'tmpfs') {
    const size = sizeBytes === null ? [] : [`size=${sizeBytes}`]
    return { kind: 'tmpfs', options: [...modes, ...size].join(',') }
  }
  if (source === '') return readOnly ? { kind: 'mount' } : { kind: 'anonymous' }
  const tail = [...modes, ...options].join(',')
  return { kind: 'volume', text: [source, target, ...(tail === '' ? [] : [tail])].join(':') }
}
