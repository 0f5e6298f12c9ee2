import { describe, expect, test } from 'vitest'
import { maskChanges, refuseMasked, secretsOfChanges } from '../../../main/archives/secretChanges'
import { keptJson } from '../../../main/jobs/keptJson'
import { mask } from '../../../main/masking'
import { job } from '../../../preload/contract/jobs'

describe('instructions that change an image', () => {
  test.each([
    ['ENV API_TOKEN=abc', `ENV API_TOKEN=${mask}`, ['abc', 'abc']],
    [
      'ENV COLOUR=red DB_PASSWORD="a b" SHAPE=round',
      `ENV COLOUR=red DB_PASSWORD=${mask} SHAPE=round`,
      ['"a b"', 'a b'],
    ],
    ['env API_TOKEN the rest is it', `env API_TOKEN=${mask}`, ['the rest is it', 'the rest is it']],
    ["LABEL com.example.secret='x'", `LABEL com.example.secret=${mask}`, ["'x'", 'x']],
    ['ENV API_TOKEN="half', `ENV API_TOKEN=${mask}`, ['"half', '"half']],
    ['ENV API_TOKEN=', 'ENV API_TOKEN=', []],
    ['ENV COLOUR=red', 'ENV COLOUR=red', []],
    ['CMD ["sh"]', 'CMD ["sh"]', []],
  ])('are kept without the values of secret names: %s', (change, masked, secrets) => {
    expect(maskChanges([change])).toEqual([masked])
    expect(secretsOfChanges([change])).toEqual(secrets)
  })

  test('whose values were not kept are refused, and which is told', () => {
    const changes = ['CMD ["sh"]', 'ENV API_TOKEN=abc']
    expect(() => refuseMasked(changes)).not.toThrow()
    expect(() => refuseMasked(maskChanges(changes))).toThrow('API_TOKEN')
  })
})

test('a commit is kept without its secrets, also where the engine repeated them', () => {
  const commit = job.parse({
    id: '1',
    request: {
      kind: 'commit',
      engineId: 'e',
      containerId: 'a'.repeat(64),
      reference: 'kept:1',
      message: '',
      author: '',
      pause: false,
      changes: ['ENV API_TOKEN=planted-secret COLOUR=red'],
    },
    subject: 'kept:1',
    state: 'failed',
    startedAt: 1,
    endedAt: 2,
    steps: [],
    currentBytes: 0,
    totalBytes: null,
    bytesPerSecond: null,
    etaSeconds: null,
    log: [],
    digest: null,
    result: null,
    problem: { code: 'engine-error', message: 'm', engineMessage: 'not planted-secret' },
  })
  const kept = keptJson(commit)
  expect(kept).not.toContain('planted-secret')
  expect(job.parse(JSON.parse(kept)).request).toMatchObject({
    changes: [`ENV API_TOKEN=${mask} COLOUR=red`],
  })
})
