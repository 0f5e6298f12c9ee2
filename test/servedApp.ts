import { readFileSync } from 'node:fs'
import { cp, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { onTestFinished } from 'vitest'
import type { Api } from '../preload/contract'
import { startDaemon } from './bed/daemon'
import { buildPrograms } from './build'
import { freePort, openSocket, writeRenderer } from './unit/serve/harness'

const PROGRAMS = resolve('test-results/served-app')

export interface ServedAppOptions {
  /** The bed's, or one below it, with which the process ends; gets `stdout.log` and `stderr.log`. */
  folder: string
  /** A socket or an address. */
  engine: string
  /** Further flags. */
  flags?: string[]
  environment?: Record<string, string>
}

export interface ServedApp {
  /** What was printed on standard output so far. */
  printed(): string
  /** The address that was printed last; it opens the app once. */
  address(): string
  /** Resolves when so many addresses were printed. */
  addresses(count: number): Promise<void>
  end(): Promise<void>
}

/** `main/serve.ts` in a process of its own, with a page of two files; ends after the test. */
export async function startServedApp(options: ServedAppOptions): Promise<ServedApp> {
  const { folder, engine, flags = [], environment = {} } = options
  await buildServe()
  const [logFile, errorFile] = [join(folder, 'stdout.log'), join(folder, 'stderr.log')]
  const program = [join(PROGRAMS, 'main/serve.mjs'), '--no-open', '--engine', engine]
  const port = ['--port', String(await freePort())]
  const daemon = startDaemon(process.execPath, [...program, ...port, ...flags], {
    ...{ folder, logFile, errorFile, environment },
  })
  let ended = false
  const end = async () => {
    if (ended) return
    ended = true
    process.kill(daemon.pid, 'SIGTERM')
    await daemon.ended
  }
  onTestFinished(end)
  const printed = () => readFileSync(logFile, 'utf8')
  const all = () => printed().match(/http:\S+(?=\n)/g) ?? []
  const addresses = async (count: number) => {
    await daemon.ready(() => (all().length >= count ? true : null))
  }
  await addresses(1)
  return { printed, address: () => all().at(-1) ?? '', addresses, end }
}

/** The entry beside a page, as electron-vite lays them out. */
async function buildServe(): Promise<void> {
  await buildPrograms(join(PROGRAMS, 'main'), { serve: resolve('main/serve.ts') })
  const renderer = await writeRenderer()
  await rm(join(PROGRAMS, 'renderer'), { recursive: true, force: true })
  await cp(renderer, join(PROGRAMS, 'renderer'), { recursive: true })
  await rm(renderer, { recursive: true })
}

export interface LetIn {
  api: Api
  /** What the address carried. */
  token: string
  /** The cookie's value. */
  cookie: string
  /** What the page keeps beside it. */
  key: string
}

/** Opens the address as a browser does, and the page's WebSocket with what that gave. Closed after the test. */
export async function letIn(address: string): Promise<LetIn> {
  const answer = await fetch(address)
  const { origin, searchParams } = new URL(address)
  const header = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const key = /name="longshore-key" content="([\w-]{43})"/.exec(await answer.text())?.[1] ?? ''
  const socket = await openSocket(`${origin.replace('http', 'ws')}/rpc?key=${key}`, {
    origin,
    headers: { Cookie: header },
  })
  if (typeof socket === 'number') throw new Error(`The page was refused with ${socket}.`)
  onTestFinished(() => socket.terminate())
  // The link uses what `ws` and the browser's class have in common.
  const websocket = socket as unknown as globalThis.WebSocket
  return {
    api: createORPCClient(new RPCLink({ websocket })),
    token: searchParams.get('token') ?? '',
    cookie: header.slice(header.indexOf('=') + 1),
    key,
  }
}
