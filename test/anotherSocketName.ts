import { randomUUID } from 'node:crypto'
import { chmodSync, linkSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { EngineFacts } from './bed'

/** The same socket where nobody may look it up; its rights are what they were after the test. */
export function anotherNameOf({ socket }: Pick<EngineFacts, 'socket'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-permission-'))
  chmodSync(folder, 0o755)
  const name = join(folder, `${randomUUID().slice(0, 8)}.sock`)
  const { mode } = statSync(socket)
  linkSync(socket, name)
  onTestFinished(() => {
    chmodSync(name, mode & 0o777)
    rmSync(folder, { recursive: true })
  })
  return name
}
