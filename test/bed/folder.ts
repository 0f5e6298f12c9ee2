import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeTraces } from './network'
import { killProcessesOf, startTicksOf } from './processes'
import { waitForSync } from './waiting'

/** In an engine's folder: the address block that its traces on the host's network are known by. */
const ADDRESSES_FILE = 'addresses'

const BED_NAME = /^longshore-bed-(\d+)-(\d+)-/

/**
 * Makes the folder that everything of one bed lives in. Its name says whose it is, by process id and
 * start time, so that a bed whose process was killed is known as stale from its first moment on.
 */
export function makeBedFolder(): string {
  const owner = `${process.pid}-${startTicksOf(process.pid) ?? ''}`
  return mkdtempSync(join(tmpdir(), `longshore-bed-${owner}-`))
}

/** Removes the beds whose processes ended without stopping them. */
export function sweepStaleBeds(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, pid, ticks] = BED_NAME.exec(name) ?? []
    if (pid && startTicksOf(Number(pid)) !== ticks) sweep(join(tmpdir(), name))
  }
}

/** Writes down the addresses of the engine in `folder`, before anything is made with them. */
export function recordAddresses(folder: string, block: string): void {
  writeFileSync(join(folder, ADDRESSES_FILE), block)
}

/**
 * Ends everything below `folder` and removes it: processes, containers, mounts, bridges, firewall
 * rules. One way for every case: it asks no engine, so it works on frozen and crashed ones too.
 * It is synchronous because it also runs while the process exits.
 */
export function sweep(folder: string): void {
  if (!existsSync(folder)) return
  killProcessesOf(folder)
  for (const block of addressesBelow(folder)) removeTraces(block)
  waitForSync(`the mounts below ${folder} to go`, () => {
    const paths = mountsBelow(folder)
    for (const path of paths) spawnSync('umount', ['--lazy', path])
    return paths.length === 0
  })
  rmSync(folder, { recursive: true, force: true })
}

/** Engines live in the folder itself or one level below. */
function addressesBelow(folder: string): string[] {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )
  return [folder, ...folders.map(({ name }) => join(folder, name))]
    .map((each) => join(each, ADDRESSES_FILE))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
}

/** Mount points below `folder`, innermost first. */
function mountsBelow(folder: string): string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .filter((path) => path === folder || path.startsWith(`${folder}/`))
    .reverse()
}
