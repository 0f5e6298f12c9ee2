import { randomUUID } from 'node:crypto'
import { duplexPair } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import {
  unacknowledged,
  type Terminal,
  type TerminalOutput,
} from '../../../preload/contract/terminals'
import type { Peer } from '../../../main/terminals/peer'
import { plainTitle } from '../../../main/terminals/screen'
import { TerminalSession } from '../../../main/terminals/session'

const size = { columns: 80, rows: 24 }

/** A terminal whose program is the test: `program` is the other end of its connection. */
function open(peer: Partial<Peer> = {}) {
  const [stream, program] = duplexPair()
  const sizes: string[] = []
  const changes: Terminal[] = []
  const session = new TerminalSession({
    terminal: {
      id: randomUUID(),
      containerId: 'c'.repeat(64),
      kind: 'exec',
      title: '',
      command: ['sh'],
      user: '',
      image: null,
      withVolumes: false,
      takesInput: true,
      startedAt: 0,
      endedAt: null,
      state: 'running',
      exitCode: null,
      problem: null,
    },
    peer: {
      stream,
      tty: true,
      takesInput: true,
      resize: ({ columns, rows }) => {
        sizes.push(`${columns}x${rows}`)
        return Promise.resolve()
      },
      hangUp: () => Promise.resolve(),
      interrupt: () => Promise.resolve(),
      ended: () => Promise.resolve(0),
      ...peer,
    },
    size,
    scrollback: 1_000,
    changed: (terminal) => changes.push(terminal),
  })
  onTestFinished(async () => {
    stream.destroy()
    await session.close()
  })
  return { session, stream, program, sizes, changes }
}

/** Follows a terminal; what it was sent is in `text`. */
function view(session: TerminalSession, at = size) {
  const leaving = new AbortController()
  const messages: TerminalOutput[] = []
  const viewer = {
    messages,
    text: () => messages.map((message) => ('data' in message ? message.data : '')).join(''),
    owed: () =>
      messages.reduce((sum, each) => sum + (each.kind === 'data' ? each.data.length : 0), 0),
    id: () => (messages[0]?.kind === 'screen' ? messages[0].viewerId : -1),
    leave: () => leaving.abort(),
    over: (async () => {
      for await (const message of session.output(at, leaving.signal)) messages.push(message)
    })(),
  }
  onTestFinished(() => viewer.leave())
  return viewer
}

test('a viewer is sent what was before as a screen, and every later character once', async () => {
  const { session, program } = open()
  program.write('before ')
  const early = view(session)
  await expect.poll(early.text).toContain('before')
  const late = view(session)
  program.write('after')
  await expect.poll(late.text).toBe('before after')
  expect(late.messages.map(({ kind }) => kind)).toEqual(['screen', 'data'])
})

test('the program stops while a viewer is behind, and goes on when it has caught up or left', async () => {
  const { session, stream, program } = open()
  const one = view(session)
  const two = view(session)
  program.write('x'.repeat(unacknowledged.most + 1))
  await expect.poll(two.owed).toBeGreaterThan(unacknowledged.most)
  await expect.poll(one.owed).toBeGreaterThan(unacknowledged.most)
  expect(stream.isPaused()).toBe(true)
  session.acknowledge(one.id(), one.owed() - unacknowledged.few + 1)
  expect(stream.isPaused()).toBe(true)
  two.leave()
  await two.over
  expect(stream.isPaused()).toBe(false)
  expect(one.text().length).toBeGreaterThan(unacknowledged.most)
})

test('without viewers the program goes on, whatever it says', async () => {
  const { session, stream, program } = open()
  program.write(`${'y'.repeat(1_000)}\r\n`.repeat(1_000))
  program.end('the end')
  await expect.poll(() => session.terminal.state).toBe('ended')
  expect(stream.destroyed).toBe(true)
  const late = view(session)
  await late.over
  expect(late.text()).toContain('the end')
})

test('what a program asks its terminal is answered once, and not while it has none', async () => {
  const { session, program } = open()
  const viewers = [view(session), view(session)]
  const answers: string[] = []
  program.on('data', (chunk: Buffer) => answers.push(chunk.toString()))
  program.write('\u001b[6n\u001b[c\u001b[21t\u001b]10;?\u0007')
  await expect.poll(() => answers.join('')).toBe('\u001b[1;1R\u001b[?1;2c')
  for (const viewer of viewers) viewer.leave()

  const without = open({ tty: false })
  const taken: string[] = []
  without.program.on('data', (chunk: Buffer) => taken.push(chunk.toString()))
  const question = Buffer.from('\u001b[6n')
  without.program.write(Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 4]), question]))
  await without.session.write('x\r')
  await expect.poll(() => taken.join('')).toBe('x\n')
})

test('of many sizes the engine is told the last; other viewers hear of each change', async () => {
  const { session, sizes } = open()
  await session.ready()
  const one = view(session)
  const two = view(session, { columns: 100, rows: 30 })
  await expect.poll(two.id).toBeGreaterThan(0)
  for (let columns = 101; columns <= 150; columns++) session.resize(two.id(), { columns, rows: 30 })
  await expect.poll(() => sizes.at(-1)).toBe('150x30')
  expect(sizes.length).toBeLessThan(6)
  await expect.poll(() => one.messages.at(-1)).toEqual({ kind: 'size', columns: 150, rows: 30 })
  expect(two.messages.every(({ kind }) => kind === 'screen')).toBe(true)
})

test('a connection that breaks tells that the engine is gone', async () => {
  const { session, stream } = open({ ended: () => Promise.reject(new Error('gone')) })
  stream.destroy()
  await expect.poll(() => session.terminal.state).toBe('ended')
  expect(session.terminal).toMatchObject({
    exitCode: null,
    problem: { code: 'engine-unreachable', message: 'The connection to the engine was lost.' },
  })
})

test('a title is one line of at most 100 characters that is read as it is written', () => {
  expect(plainTitle('  vi\n\u0007\u202e txt\u200b ')).toBe('vi txt')
  expect(Array.from(plainTitle('🐳'.repeat(200)))).toHaveLength(100)
})
