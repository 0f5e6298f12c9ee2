import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Api } from '../../preload/contract'
import type { LogMessage, LogState } from '../../preload/contract/logs'

/** Between two looks at how much memory a command takes, milliseconds. */
const LOOK_MILLIS = 5

/** The most memory that a process has had since `forgetPeak`, bytes. */
export function peakBytesOf(pid: number): number {
  return statusOf(pid, 'VmHWM')
}

export function residentBytesOf(pid: number): number {
  return statusOf(pid, 'VmRSS')
}

/** The kernel counts the peak from here on (proc(5), clear_refs). */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

/** Runs a command whose output nobody keeps: how long it takes, and how much memory at most. */
export async function runCommand(
  command: string,
  args: string[],
): Promise<{ millis: number; peakBytes: number }> {
  const begun = performance.now()
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = once(child, 'exit').then(([code]) => code as number)
  let peakBytes = 0
  for (let over = false; !over;) {
    try {
      peakBytes = Math.max(peakBytes, peakBytesOf(child.pid ?? 0))
    } catch {
      // It has just ended.
    }
    over = (await Promise.race([ended, delay(LOOK_MILLIS, null)])) !== null
  }
  const millis = performance.now() - begun
  if ((await ended) > 1) throw new Error(`${command} ${args.join(' ')} failed.`)
  return { millis, peakBytes }
}

/** A log as a page has it that looks at its state only. */
export interface PagedLog {
  logId: string
  /** From asking for it to the first lines, milliseconds. */
  openMillis: number
  /** Lines that came with the first message. */
  firstLines: number
  /** Resolves with the first state that fits. */
  until: (fits: (state: LogState) => boolean) => Promise<LogState>
  close(): Promise<void>
}

export async function openPaged(
  api: Api,
  input: Parameters<Api['logs']['open']>[0],
): Promise<PagedLog> {
  const begun = performance.now()
  const stream = await api.logs.open(input)
  const { kind, state: opened, ...first } = await nextOf(stream)
  if (kind !== 'opened' || !('logId' in first)) throw new Error('The log was not opened.')
  const openMillis = performance.now() - begun
  let state = opened
  return {
    logId: first.logId,
    openMillis,
    firstLines: first.newest.length,
    async until(fits) {
      while (!fits(state)) ({ state } = await nextOf(stream))
      return state
    },
    async close() {
      await stream.return()
    },
  }
}

async function nextOf(stream: AsyncIterator<LogMessage>): Promise<LogMessage> {
  const next = await stream.next()
  if (next.done) throw new Error('The stream ended.')
  return next.value
}

function statusOf(pid: number, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kib = new RegExp(`^${field}:\\s*(\\d+)`, 'm').exec(status)?.[1]
  if (kib === undefined) throw new Error(`${pid} has ended.`)
  return Number(kib) * 1024
}
