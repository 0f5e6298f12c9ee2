import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import type { SaveLogRequest } from '../../preload/contract/logs'
import { say } from '../../preload/contract/say'
import { writeWhole } from '../archives/writeWhole'
import { Failure, toFailure } from '../errors'
import type { Work } from '../jobs/jobs'
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
      const { signal } = context
      const whole = { file, overwrite, estimatedBytes: null }
      const bytes = await writeWhole(whole, context, async (handle, count) => {
        const request = { id: containerId, tail: 'all' as const, follow: false }
        const { body, tty } = await openLog(connection.link, request, timestamps, signal)
        await writeFile(handle, counted(payloads(body, { tty, timestamps }), count), { signal })
      })
      context.report({ result: { kind: 'saveLog', file, bytes } })
    },
  }
}

/** What it fails with is the engine's. */
async function* counted(
  pieces: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const bytes of pieces) {
      count(bytes.length)
      yield bytes
    }
  } catch (error) {
    throw toFailure(error)
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
    throw new Failure('engine-error', say`The engine could not read the log to its end.`, {
      engineMessage: complaint.slice(0, 1_000),
    })
  }
  joiners.stdout.end()
  joiners.stderr.end()
  if (pieces.length > 0) yield Buffer.concat(pieces)
}
