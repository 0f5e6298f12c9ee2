import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { diagnosticsText } from '../../../main/application/diagnostics'
import { PageReports } from '../../../main/application/pageReports'
import { Engines } from '../../../main/engines/engines'
import { log } from '../../../main/log'
import { LogFile } from '../../../main/logFile'
import { SettingsFile } from '../../../main/settings/settingsFile'
import { testPlatform } from '../../platform'
import { engine } from '../renderer/fixtures'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longshore-diagnostics-'))
  return () => rm(folder, { recursive: true })
})

/** Planted wherever a secret could come from. */
const planted = {
  kept: 'kept-by-the-store-7Q',
  env: 'in-an-environment-7Q',
  url: 'in-an-address-7Q',
  argument: 'in-a-build-7Q',
  host: 'secret-host.example.com',
}

async function text(): Promise<string> {
  const platform = testPlatform(folder)
  await platform.secrets.write(
    JSON.stringify({ 'docker.io': { user: 'me', password: planted.kept } }),
  )
  const settings = new SettingsFile(join(folder, 'settings.json'))
  await settings.change({
    buildForm: {
      ...{ folder: '/home/alice/app', dockerfile: 'Dockerfile', target: null, tags: [] },
      ...{ platform: null, noCache: false, pull: false },
      arguments: [{ name: 'TOKEN', value: planted.argument }],
    },
  })
  const file = new LogFile(folder)
  file.write(`{"msg":"DB_PASSWORD=${planted.env} failed at /home/alice/x"}\n`)
  file.write(`{"msg":"https://me:${planted.url}@a.io refused ${planted.kept}"}\n`)
  file.close()
  const engines = {
    live: {
      value: {
        engines: [
          engine(),
          engine({
            ...{ id: 'e2', name: planted.host, endpoint: `ssh://root@${planted.host}/run/x.sock` },
            ...{ state: 'unauthorized', kind: 'podman', rootless: true },
            problem: { code: 'unauthorized', message: `${planted.host} does not let root in.` },
          }),
        ],
      },
    },
  } as unknown as Engines
  return diagnosticsText({ platform, settings, engines }, '/home/alice')
}

describe('the diagnostics', () => {
  test('tell versions, engines, settings and the end of the log', async () => {
    const told = await text()
    expect(told).toContain('Longshore 0.0.0-test, browser mode')
    expect(told).toContain(`Node ${process.versions.node}`)
    expect(told).toMatch(
      /1\. docker 29\.1\.0 \(API 1\.52\), linux\/amd64, by unix, .*connected since/,
    )
    expect(told).toMatch(/2\. podman .*rootless, by ssh, .*unauthorized .*problem: unauthorized/)
    expect(told).toContain('"theme": "system"')
    expect(told).toContain('Log, the last 2 lines')
    expect(told).toContain('failed at ~/x')
  })

  test('hold none of the secrets, hosts and names that were planted', async () => {
    const told = await text()
    for (const [where, secret] of Object.entries(planted)) expect(told, where).not.toContain(secret)
    expect(told).not.toContain('alice')
    expect(told).not.toContain('root@')
  })

  test('tell the last 200 lines of a long log', async () => {
    const file = new LogFile(folder)
    for (let count = 0; count < 300; count++) file.write(`line ${count}\n`)
    file.close()
    const settings = new SettingsFile(join(folder, 'settings.json'))
    const engines = { live: { value: { engines: [] } } } as unknown as Engines
    const told = await diagnosticsText({ platform: testPlatform(folder), settings, engines })
    expect(told).toContain('Engines\nnone\n')
    expect(told.match(/^line \d+$/gm)).toHaveLength(200)
    expect(told).toContain('\nline 299\n')
  })
})

describe("the page's errors", () => {
  test('are written without secrets, and twenty a minute at most', () => {
    const written = vi.spyOn(log, 'error').mockImplementation(() => undefined)
    const reports = new PageReports()
    const report = { message: `PASSWORD=${planted.env}`, stack: 'at x', place: '#/images' }
    for (let count = 0; count < 25; count++) reports.write(report, 1_000 + count)
    expect(written).toHaveBeenCalledTimes(20)
    expect(JSON.stringify(written.mock.calls)).not.toContain(planted.env)
    reports.write(report, 70_000)
    const calls = written.mock.calls as unknown as [unknown, string][]
    expect(calls.slice(20).map(([what, words]) => [words, what])).toEqual([
      ['more errors of the page', { count: 5 }],
      ['an error of the page', expect.objectContaining({ place: '#/images' })],
    ])
    written.mockRestore()
  })
})
