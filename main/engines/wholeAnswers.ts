import { IncomingMessage } from 'node:http'
import type Docker from 'dockerode'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'

type Modem = Docker['modem']
type DialOptions = Parameters<Modem['dial']>[0]
type DialCallback = Parameters<Modem['dial']>[1]

/** With these docker-modem hands over whatever comes, to be judged here. */
const anyStatus = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [at + 200, true]))

/**
 * Makes docker-modem read an answer whole, or fail: by itself it waits for ever for the rest of one that is
 * cut off, and gives bytes where JSON was promised and something else came. Streams are left alone.
 */
export function readWholeAnswers(modem: Modem): void {
  const original = Object.getPrototypeOf(modem) as Modem
  modem.dial = function (this: Modem, options: DialOptions, callback?: DialCallback) {
    if (!callback || options.isStream || options.hijack || options.openStdin) {
      original.dial.call(this, options, callback)
      return
    }
    const asStream = { ...options, isStream: true, statusCodes: anyStatus }
    original.dial.call(this, asStream, (error, answer) => {
      if (error || !(answer instanceof IncomingMessage)) callback(error, answer)
      else {
        readWhole(answer, options.statusCodes ?? {}).then(
          (whole) => callback(null, whole),
          (reason: unknown) => callback(reason instanceof Error ? reason : new Error(), null),
        )
      }
    })
  }
}

/** @returns the parsed JSON, or the bytes where the answer is none or is empty, as docker-modem does */
async function readWhole(
  answer: IncomingMessage,
  meanings: Record<number, string | boolean>,
): Promise<object> {
  const bytes = await bytesOf(answer)
  const json = parseJson(bytes)
  const { statusCode = 0, headers } = answer
  const meaning = meanings[statusCode]
  if (meaning !== true) throw refusal(statusCode, String(meaning ?? 'unexpected'), json ?? bytes)
  if (json === null && bytes.length > 0 && headers['content-type']?.includes('json')) {
    throw new Failure('engine-error', say`The engine's answer cannot be read.`, {
      hint: say`Try again; if this goes on, something between Longshore and the engine changes it.`,
      engineMessage: bytes.toString('utf8', 0, 200),
    })
  }
  return json ?? bytes
}

async function bytesOf(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk)
  } catch (error) {
    throw new Failure('engine-unreachable', say`The engine's answer was cut off.`, {
      hint: say`It may be restarting; try again.`,
      cause: error,
    })
  }
  return Buffer.concat(chunks)
}

/** An answer with a status that means failure, as docker-modem throws it. */
function refusal(statusCode: number, reason: string, json: object): Error {
  const said = 'message' in json ? json.message : Buffer.isBuffer(json) ? json : ''
  return Object.assign(new Error(`(HTTP code ${statusCode}) ${reason} - ${String(said)} `), {
    ...{ reason, statusCode, json },
  })
}

function parseJson(bytes: Buffer): object | null {
  try {
    const parsed: unknown = JSON.parse(bytes.toString())
    return typeof parsed === 'object' ? parsed : null
  } catch {
    return null
  }
}
