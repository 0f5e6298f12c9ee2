import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import type { SaveLogRequest } from '../../preload/contract/logs'
import { followBytes } from '../archives/byteProgress'
import { asFileFailure } from '../archives/fileFailure'
import { openTarget } from '../archives/target'
import { Failure, toFailure } from '../errors'
import type { JobContext, Work } from '../jobs/jobs'
import type { JobServices } from '../jobs/kinds'
import { createDemuxer, createRawStream } from '../streams/demux'
import { createPieceJoiner } from './parser'
import { openLog } from './readLog'

/**
 * Writes a container's whole log to a file: the bytes that it wrote, those of the two streams in the order in
 * which they came. The engine is read from only as fast as the file takes it.
 */
export function saveLog(
  { engines }: JobServices,
  { engineId, containerId, file, overwrite, timestamps }: SaveLogRequest,
): Work {
  const { connection, containers } = engines.get(engineId)
  return {
    subject: `${containers.nameOf(containerId)} → ${basename(file)}`,
    async run(context) {
      const bytes = await write(file, overwrite, context, async () => {
        const request = { id: containerId, tail: 'all' as const, follow: false }
        const { body, tty } = await openLog(connection.link, request, timestamps, context.signal)
        return payloads(body, { tty, timestamps })
      })
      context.report({ result: { kind: 'saveLog', file, bytes } })
    },
  }
}

/** Writes a file to the end or not at all; gives its bytes. */
async function write(
  file: string,
  overwrite: boolean,
  context: JobContext,
  open: () => Promise<AsyncIterable<Uint8Array>>,
): Promise<number> {
  const target = await openTarget(file, overwrite)
  const progress = followBytes(context, null)
  /** What went wrong with the engine: else it is the file that failed. */
  const faults: Failure[] = []
  async function* counted() {
    try {
      for await (const bytes of await open()) {
        progress.add(bytes.length)
        yield bytes
      }
    } catch (error) {
      faults.push(toFailure(error))
      throw error
    }
  }
  try {
    await writeFile(target.handle, counted(), { signal: context.signal })
    const { size } = await target.handle.stat()
    await target.keep()
    return size
  } catch (error) {
    throw context.signal.aborted ? error : (faults[0] ?? asFileFailure(error, file))
  } finally {
    await target.discard()
    progress.end()
  }
}

/** What the container wrote, out of the engine's frames: a piece for each piece of the answer. */
async function* payloads(
  body: Readable,
  { tty, timestamps }: { tty: boolean; timestamps: boolean },
): AsyncGenerator<Uint8Array, void, undefined> {
  const pieces: Uint8Array[] = []
  let complaint = ''
  const keep = (bytes: Uint8Array) => void pieces.push(bytes)
  const joiners = { stdout: createPieceJoiner(keep), stderr: createPieceJoiner(keep) }
  const demuxer = tty
    ? createRawStream(keep)
    : createDemuxer({
        onPayload(payload, stream, begins) {
          if (stream === 'error') complaint += Buffer.from(payload).toString('utf8')
          else if (timestamps)
            joiners[stream === 'stderr' ? 'stderr' : 'stdout'].push(payload, begins)
          else keep(payload)
        },
      })
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    demuxer.push(chunk)
    if (pieces.length > 0) yield Buffer.concat(pieces.splice(0))
  }
  demuxer.end()
  if (complaint !== '') {
    throw new Failure('engine-error', 'The engine could not read the log to its end.', {
      engineMessage: complaint.slice(0, 1_000),
    })
  }
  joiners.stdout.end()
  joiners.stderr.end()
  if (pieces.length > 0) yield Buffer.concat(pieces)
}
