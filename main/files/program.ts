import type { Readable } from 'node:stream'
import { z } from 'zod'
import { say } from '../../preload/contract/say'
import { dial } from '../engines/dial'
import { postJson } from '../engines/postJson'
import { Failure } from '../errors'
import { createDemuxer } from '../streams/demux'
import type { Place } from './place'

export interface ProgramEnd {
  /** 126 or 127: there is no such program. */
  exitCode: number
  output: Buffer
  /** What it said beside, the first kilobytes. */
  errors: string
}

const MOST_ERROR_BYTES = 8 * 1024
const runMillis = 60_000

const created = z.object({ Id: z.string().regex(/^[a-f0-9]{64}$/) })
const ended = z.object({ ExitCode: z.number().nullish(), Running: z.boolean().nullish() })

/** True where the program itself was not found, by what runc and crun say. */
export function isMissingProgram({ exitCode }: ProgramEnd): boolean {
  return exitCode === 126 || exitCode === 127
}

/**
 * Runs a program of a container that runs, as root, without a shell, and waits for its end.
 *
 * @param argv the program and its arguments: nothing interprets them
 * @param mostBytes of its output; more is refused
 */
export async function runProgram(
  place: Pick<Place, 'link' | 'containerId'>,
  argv: readonly string[],
  {
    signal,
    mostBytes = 16 * 1024 * 1024,
  }: { signal?: AbortSignal | undefined; mostBytes?: number } = {},
): Promise<ProgramEnd> {
  const { client } = place.link
  const exec = created.parse(
    await postJson(
      client,
      {
        path: `/containers/${place.containerId}/exec`,
        query: {},
        body: {
          AttachStdout: true,
          AttachStderr: true,
          User: '0:0',
          // GNU programs would quote names, each in its own way.
          Env: ['QUOTING_STYLE=literal', 'LC_ALL=C'],
          Cmd: [...argv],
        },
      },
      { signal },
    ),
  )
  const body = await client.stream(
    async (docker, abortSignal) =>
      (await dial(docker, {
        path: `/exec/${exec.Id}/start`,
        method: 'POST',
        options: { Detach: false, Tty: false },
        abortSignal,
        isStream: true,
        statusCodes: { 200: true },
      })) as NodeJS.ReadableStream,
    { signal, timeoutMillis: runMillis },
  )
  const { output, errors } = await read(body, mostBytes)
  const state = ended.parse(
    await client.call((docker, abortSignal) => docker.getExec(exec.Id).inspect({ abortSignal }), {
      signal,
    }),
  )
  return { exitCode: state.ExitCode ?? -1, output, errors }
}

async function read(
  body: Readable,
  mostBytes: number,
): Promise<Pick<ProgramEnd, 'output' | 'errors'>> {
  const pieces: Buffer[] = []
  let bytes = 0
  let errors = ''
  const demuxer = createDemuxer({
    onPayload(payload, stream) {
      if (stream === 'stdout') {
        pieces.push(Buffer.from(payload))
        bytes += payload.length
      } else if (errors.length < MOST_ERROR_BYTES) {
        errors += Buffer.from(payload).toString('utf8').slice(0, MOST_ERROR_BYTES)
      }
    },
  })
  for await (const chunk of body) {
    demuxer.push(chunk as Buffer)
    if (bytes > mostBytes) {
      throw new Failure('invalid-input', say`There is more than can be shown.`, {
        hint: say`Look into a smaller folder.`,
      })
    }
  }
  return { output: Buffer.concat(pieces), errors }
}
