import { request } from 'node:http'
import type { EngineFacts } from '../../bed'

/** A name that a container was given, and when the engine says so, milliseconds since 1970 UTC. */
export interface Renaming {
  name: string
  at: number
}

/** The renamings that an engine tells from now on, through a plain request of their own. */
export async function watchRenamings(
  engine: Pick<EngineFacts, 'socket'>,
  take: (renaming: Renaming) => void,
): Promise<() => void> {
  const filters = JSON.stringify({ type: ['container'], event: ['rename'] })
  const path = `/events?${new URLSearchParams({ filters })}`
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath: engine.socket, path }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('error', () => undefined)
      answer.on('data', (chunk: string) => {
        const lines = (text + chunk).split('\n')
        text = lines.pop() ?? ''
        for (const line of lines) if (line !== '') take(renamingOf(line))
      })
      resolve(() => outgoing.destroy())
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
}

function renamingOf(line: string): Renaming {
  const event = JSON.parse(line) as { timeNano: number; Actor: { Attributes: { name: string } } }
  return { name: event.Actor.Attributes.name, at: event.timeNano / 1e6 }
}
