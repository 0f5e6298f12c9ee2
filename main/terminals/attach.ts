import type { Duplex } from 'node:stream'
import { openDuplex } from '../engines/duplex'
import type { EngineLink } from '../engines/handshake'
import type { TerminalSize } from '../../preload/contract/terminals'
import type { Peer } from './peer'
import { resize } from './resize'
import { exitCodeOf, type Target } from './target'
import { untilKnown } from './untilKnown'

/** A byte that is in no UTF-8: no key lets go of the terminal. By default each Ctrl-P would be held back. */
const NO_DETACH_KEYS = '%FF'

/** Docker lets go of who ends the input, while the container goes on: after this it is taken to. */
const goesOnMillis = 1_000

/** Connects to the main process of a container, without what it said before. */
export async function openAttach(link: EngineLink, { id, tty, takesInput }: Target): Promise<Peer> {
  const stream = await attachStream(link, id, takesInput)
  return {
    stream,
    tty,
    takesInput,
    resize: (next) => (tty ? resizeContainer(link, id, next) : Promise.resolve()),
    hangUp: () => Promise.resolve(),
    interrupt: () => interrupt(link, id),
    ended: () => untilKnown(() => exitCodeOf(link, id), goesOnMillis),
  }
}

/** The streams of a container's main process; also of one that is not started yet. */
export function attachStream(link: EngineLink, id: string, stdin: boolean): Promise<Duplex> {
  const streams = `stream=1&stdin=${stdin ? 1 : 0}&stdout=1&stderr=1&logs=0`
  return openDuplex(link.client, {
    path: `/containers/${id}/attach?${streams}&detachKeys=${NO_DETACH_KEYS}`,
  })
}

export function resizeContainer(link: EngineLink, id: string, size: TerminalSize): Promise<void> {
  return resize(link, (docker) => docker.getContainer(id), size)
}

/** What Ctrl-C means where no terminal makes a signal of it: as `docker attach` does. */
async function interrupt(link: EngineLink, id: string): Promise<void> {
  await link.client.call((docker, abortSignal) =>
    docker.getContainer(id).kill({ signal: 'SIGINT', abortSignal }),
  )
}
