import type { EngineText } from './engineText'

const withHost = /^(tcp|ssh):\/\/(?:([^@/\s]+)@)?(\[[^\]\s]+\]|[^:/\s[\]]+)(?::(\d{1,5}))?(\/\S*)?$/

/**
 * The parts of a whole address that was pasted: `ssh://user@host:port/path`, `tcp://host:port`,
 * `unix:///path`, a bare path, a pipe; also with `DOCKER_HOST=` before it. Null where it is none.
 */
export function takeAddress(pasted: string): Partial<EngineText> | null {
  const text = pasted
    .trim()
    .replace(/^(?:export\s+)?(?:DOCKER|CONTAINER)_HOST=/, '')
    .replace(/^(["'])(.*)\1$/, '$2')
  if (/^(?:unix|npipe):\/\/./.test(text)) {
    return { way: 'socket', socket: text.replace(/^unix:\/\//, '') }
  }
  if (text.startsWith('/') || text.startsWith('\\\\.\\pipe\\')) {
    return { way: 'socket', socket: text }
  }
  const [, protocol, user = '', bracketed, port = '', path = ''] = withHost.exec(text) ?? []
  if (bracketed === undefined) return null
  const host = bracketed.replace(/^\[|\]$/g, '')
  if (protocol === 'tcp') return { way: 'tcp', host, ...(port !== '' && { port }) }
  return {
    way: 'ssh',
    user: decoded(user),
    sshHost: host,
    sshPort: port,
    path: path === '/' ? '' : decoded(path),
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
