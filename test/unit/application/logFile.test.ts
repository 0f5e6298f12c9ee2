import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { lastLogLines, LogFile, logFolder } from '../../../main/logFile'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longshore-log-'))
  return () => rm(folder, { recursive: true })
})

describe("the app's own log", () => {
  test('is on the disk as soon as a line is written, for this user only', async () => {
    const log = new LogFile(folder)
    log.write('one\n')
    const file = join(logFolder(folder), 'longshore.log')
    expect(await readFile(file, 'utf8')).toBe('one\n')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(logFolder(folder))).mode & 0o777).toBe(0o700)
    log.close()
  })

  test('goes on where the last run ended', async () => {
    for (const line of ['one\n', 'two\n']) {
      const log = new LogFile(folder)
      log.write(line)
      log.close()
    }
    expect(await lastLogLines(folder, 10)).toEqual(['one', 'two'])
  })

  test('begins a new file when one is full, and keeps three of them', async () => {
    const log = new LogFile(folder, 100)
    for (let count = 0; count < 50; count++) log.write(`line ${String(count).padStart(14)}\n`)
    log.close()
    expect((await readdir(logFolder(folder))).sort()).toEqual([
      ...['longshore.1.log', 'longshore.2.log', 'longshore.log'],
    ])
    for (const name of await readdir(logFolder(folder))) {
      expect((await stat(join(logFolder(folder), name))).size).toBe(100)
    }
    const last = await lastLogLines(folder, 8)
    expect(last.map((line) => Number(line.slice(5)))).toEqual([42, 43, 44, 45, 46, 47, 48, 49])
  })

  test('breaks nothing where it cannot be written, and is there again when it can', async () => {
    await writeFile(logFolder(folder), 'a file stands in its way')
    const log = new LogFile(folder)
    log.write('lost\n')
    expect(await lastLogLines(folder, 10)).toEqual([])
    await rm(logFolder(folder))
    await mkdir(logFolder(folder))
    log.write('found\n')
    expect(await lastLogLines(folder, 10)).toEqual(['found'])
    log.close()
  })
})
