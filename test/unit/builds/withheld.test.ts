import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { buildxArguments, hiddenArguments } from '../../../main/builds/buildxBuild'
import { refuseWithheld, withoutSecrets } from '../../../main/builds/withheld'
import { keptJson } from '../../../main/jobs/keptJson'
import { SettingsFile } from '../../../main/settings/settingsFile'
import { buildRequest } from '../../../preload/contract/builds'
import { job } from '../../../preload/contract/jobs'

const request = buildRequest.parse({
  kind: 'build',
  engineId: 'e',
  folder: '/src',
  dockerfile: 'Dockerfile',
  target: null,
  arguments: [
    { name: 'VERSION', value: '1.2' },
    { name: 'API_TOKEN', value: 'planted-secret' },
  ],
  platform: null,
  tags: [],
  noCache: false,
  pull: false,
})

test('a job is kept without the secrets of its build, also where its log repeats them', () => {
  const kept = keptJson(
    job.parse({
      id: '1',
      request,
      subject: '/src',
      state: 'failed',
      startedAt: 1,
      endedAt: 2,
      steps: [
        {
          id: '1',
          phase: 'failed',
          status: 'RUN x planted-secret',
          currentBytes: 0,
          totalBytes: null,
        },
      ],
      currentBytes: 0,
      totalBytes: null,
      bytesPerSecond: null,
      etaSeconds: null,
      log: ['token is planted-secret.'],
      digest: null,
      result: null,
      problem: { code: 'engine-error', message: 'm', engineMessage: 'not planted-secret' },
    }),
  )
  expect(kept).not.toContain('planted-secret')
  expect(job.parse(JSON.parse(kept)).request).toMatchObject({
    arguments: [{ name: 'VERSION', value: '1.2' }],
    withheld: ['API_TOKEN'],
  })
})

test('a build whose secrets were not kept asks for them by name', () => {
  expect(() => refuseWithheld(request)).not.toThrow()
  expect(() => refuseWithheld(withoutSecrets(request))).toThrow('API_TOKEN was not kept')
})

test('a build without secrets is kept as it is', () => {
  const plain = { ...request, arguments: request.arguments.slice(0, 1) }
  expect(withoutSecrets(plain)).toBe(plain)
})

test('secrets of a build stand in the environment of buildx, not on its command line', () => {
  const args = buildxArguments(request, '/id')
  expect(args).toContain('VERSION=1.2')
  expect(args[args.indexOf('API_TOKEN') - 1]).toBe('--build-arg')
  expect(args.join(' ')).not.toContain('planted-secret')
  expect(hiddenArguments(request)).toEqual({ API_TOKEN: 'planted-secret' })
})

test('a name that docker reads from its own environment stays an argument', () => {
  const named = [{ name: 'DOCKER_AUTH_CONFIG', value: '{}' }]
  expect(hiddenArguments({ arguments: named })).toEqual({})
  expect(buildxArguments({ ...request, arguments: named }, '/id')).toContain(
    'DOCKER_AUTH_CONFIG={}',
  )
})

test('settings keep what was built last without its secrets', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'longshore-withheld-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'settings.json')
  await new SettingsFile(file).change({ buildForm: withoutSecrets(request) })
  const text = await readFile(file, 'utf8')
  expect(text).toContain('API_TOKEN')
  expect(text).not.toContain('planted-secret')
})
