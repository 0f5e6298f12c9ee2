/** `/a/b` and `c`: `/a/b/c`. */
export function joined(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`
}

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Each folder on the way to a path, the root first. */
export function crumbsOf(path: string): { name: string; path: string }[] {
  const names = path.split('/').filter(Boolean)
  return [
    { name: '/', path: '/' },
    ...names.map((name, at) => ({ name, path: `/${names.slice(0, at + 1).join('/')}` })),
  ]
}

/** A typed path as a whole one; null for what main would refuse. */
export function typedPath(typed: string): string | null {
  const names = typed
    .trim()
    .split('/')
    .filter((name) => name !== '' && name !== '.')
  const isPath = typed.trim().startsWith('/') && !names.includes('..') && !typed.includes('\0')
  return isPath ? `/${names.join('/')}` : null
}

/** A name as it can be read: what would break the line or hide is drawn as a picture of itself. */
export function shownName(name: string): string {
  return name.replace(/[\x00-\x1f\x7f]/g, (character) =>
    character === '\x7f' ? '\u2421' : String.fromCharCode(0x2400 + character.charCodeAt(0)),
  )
}
