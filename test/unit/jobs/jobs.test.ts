import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { Failure } from '../../../main/errors'
import { Jobs, type JobContext } from '../../../main/jobs/jobs'
import { transferFailure } from '../../../main/jobs/transferFailure'
import { isRetryable } from '../../../main/registries/protocol/failures'
import { followTransfer } from '../../../main/jobs/transferProgress'

type Run = (context: JobContext) => Promise<void>

/** Jobs whose pulls do what the reference stands for. */
function jobsThat(runs: Record<string, Run>) {
  const jobs = new Jobs((request) => {
    const reference = request.kind === 'pull' ? request.reference : ''
    const run = runs[reference]
    if (!run) throw new Failure('invalid-input', 'No such work.')
    return { subject: `${reference}:1`, run }
  })
  const start = (reference: string) => jobs.start({ kind: 'pull', engineId: 'e', reference })
  return { jobs, start }
}

const done: Run = () => Promise.resolve()

const untilCancelled: Run = ({ signal }) =>
  new Promise<void>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
  })

describe('a job', () => {
  test('runs on without anybody watching, and keeps what it reported', async () => {
    const { jobs, start } = jobsThat({
      x: (context) => {
        context.report({ currentBytes: 5, totalBytes: 10, log: ['hello'] })
        return Promise.resolve()
      },
    })
    expect(await jobs.ended(start('x'))).toMatchObject({
      subject: 'x:1',
      state: 'succeeded',
      currentBytes: 5,
      log: ['hello'],
      problem: null,
    })
  })

  test('that ends with its connection to the engine was not cancelled, and says so', async () => {
    const { jobs, start } = jobsThat({
      lost: () => Promise.reject(new DOMException('Aborted.', 'AbortError')),
    })
    expect(await jobs.ended(start('lost'))).toMatchObject({
      state: 'failed',
      problem: { code: 'engine-unreachable', hint: expect.stringMatching(/again/) as string },
    })
  })

  test('that fails says why; one that is cancelled is no failure', async () => {
    const { jobs, start } = jobsThat({
      full: () => Promise.reject(new Failure('disk-full', 'Full.')),
      waiting: untilCancelled,
    })
    const failed = start('full')
    expect(await jobs.ended(failed)).toMatchObject({
      state: 'failed',
      problem: { code: 'disk-full' },
    })
    const cancelled = start('waiting')
    jobs.cancel(cancelled)
    expect(await jobs.ended(cancelled)).toMatchObject({ state: 'cancelled', problem: null })
    jobs.cancel(failed)
    expect((await jobs.ended(failed)).state).toBe('failed')
  })

  test('can be started again when it has ended, and dismissed only then', async () => {
    const { jobs, start } = jobsThat({ waiting: untilCancelled })
    const id = start('waiting')
    expect(() => jobs.retry(id)).toThrow(/still runs/)
    expect(() => jobs.dismiss(id)).toThrow(/still runs/)
    jobs.cancel(id)
    await jobs.ended(id)
    const again = jobs.retry(id)
    expect(again).not.toBe(id)
    jobs.dismiss(id)
    expect(() => jobs.cancel(id)).toThrow(/not on the list/)
    jobs.cancel(again)
    expect((await jobs.ended(again)).state).toBe('cancelled')
  })

  test('that cannot even begin is none', () => {
    const { jobs, start } = jobsThat({})
    expect(() => start('unknown')).toThrow('No such work.')
    expect(jobs.collection.values()).toEqual([])
  })

  test('that reports a thousand times in a second costs its watchers about ten messages', async () => {
    const { jobs, start } = jobsThat({
      busy: async ({ report }) => {
        const began = performance.now()
        for (let n = 1; n <= 1_000; n += 1) {
          report({ currentBytes: n, totalBytes: 1_000 })
          while (performance.now() < began + n) await setImmediate()
        }
      },
    })
    const leave = new AbortController()
    const id = start('busy')
    let messages = 0
    for await (const message of jobs.collection.watch(leave.signal)) {
      messages += 1
      const told = message.kind === 'patch' ? message.upsert : message.items
      if (told.some(({ state }) => state !== 'running')) break
    }
    expect(messages).toBeGreaterThan(3)
    expect(messages).toBeLessThanOrEqual(13)
    expect((await jobs.ended(id)).currentBytes).toBe(1_000)
  })

  test('the list of ended ones is bounded; running ones stay', async () => {
    const { jobs, start } = jobsThat({ waiting: untilCancelled, done })
    const running = start('waiting')
    for (let n = 0; n < 250; n += 1) await jobs.ended(start('done'))
    expect(jobs.collection.values()).toHaveLength(201)
    expect(jobs.collection.get(running)?.state).toBe('running')
    await jobs.close()
  })
})

describe('following a transfer', () => {
  const body = (...messages: unknown[]) =>
    Readable.from(messages.map((message) => Buffer.from(`${JSON.stringify(message)}\r\n`)))
  const follow = async (stream: Readable) => {
    const { jobs, start } = jobsThat({ x: (context) => followTransfer(stream, 'pull', context) })
    return jobs.ended(start('x'))
  }

  test('an error inside the HTTP 200 fails the job', async () => {
    const job = await follow(
      body({ status: 'Pulling' }, { errorDetail: { message: 'no space left on device' } }),
    )
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'disk-full' } })
  })

  test('a body that is cut off fails the job, never "done"', async () => {
    const broken = new Readable({
      read() {
        this.push('{"status":"Downloading","id":"a","progressDetail":{"current":1,"total":9}}\n')
        this.destroy(new Error('aborted'))
      },
    })
    const job = await follow(broken)
    expect(job.state).toBe('failed')
  })
})

test.each([
  ['unauthorized: authentication required', 'unauthorized'],
  ['denied: requested access to the resource is denied', 'unauthorized'],
  ['manifest for x:1 not found: manifest unknown', 'not-found'],
  ['toomanyrequests: You have reached your pull rate limit', 'engine-error'],
  ['dial tcp 127.0.0.1:5000: connect: connection refused', 'engine-error'],
  ['x509: certificate signed by unknown authority', 'engine-error'],
  ['received unexpected HTTP status: 503 Service Unavailable', 'engine-error'],
  ['received unexpected HTTP status: 403 Forbidden', 'unauthorized'],
  ['Get "https://x/v2/": net/http: TLS handshake timeout', 'timeout'],
  ['Get "https://x/v2/": EOF', 'engine-error'],
  ['write /var/lib/x: no space left on device', 'disk-full'],
  ['something nobody knows', 'engine-error'],
])('the words "%s" are told as %s, and kept', (words, code) => {
  expect(transferFailure(words)).toMatchObject({ code, engineMessage: words })
})

test.each([
  ['received unexpected HTTP status: 503 Service Unavailable', true],
  ['Patch "http://x/v2/y/blobs/uploads/z": EOF', true],
  ['read tcp 10.0.0.1:1->10.0.0.2:2: read: connection reset by peer', true],
  ['Patch "http://x": write tcp 127.0.0.1:1->127.0.0.1:2: use of closed network connection', true],
  ['toomanyrequests: You have reached your pull rate limit', false],
  ['unauthorized: authentication required', false],
  ['dial tcp: lookup x: no such host', false],
])('whether "%s" passes by itself is %s', (words, passes) => {
  expect(isRetryable(transferFailure(words))).toBe(passes)
})
