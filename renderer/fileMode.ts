const kindLetters = {
  ...{ file: '-', folder: 'd', link: 'l', symlink: 'l' },
  ...{ device: 'c', fifo: 'p', pipe: 'p', socket: 's' },
} as const

/** `drwxr-xr-x`, as `ls -l` writes it, with `s` and `t` for set-user-ID, set-group-ID and sticky. */
export function modeText(entry: { kind: keyof typeof kindLetters; mode: number }): string {
  const { kind, mode } = entry
  const three = (bits: number, special: boolean, letter: string) => {
    const execute = (bits & 1) !== 0
    const last = special ? (execute ? letter : letter.toUpperCase()) : execute ? 'x' : '-'
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`
  }
  const owner = three((mode >> 6) & 7, (mode & 0o4000) !== 0, 's')
  const group = three((mode >> 3) & 7, (mode & 0o2000) !== 0, 's')
  const others = three(mode & 7, (mode & 0o1000) !== 0, 't')
  return `${kindLetters[kind]}${owner}${group}${others}`
}
