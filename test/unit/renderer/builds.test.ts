import { describe, expect, it } from 'vitest'
import type { BuildRequest } from '../../../preload/contract/builds'
import type { JobStep } from '../../../preload/contract/jobs'
import { argumentRows, readBuild, textOf } from '../../../renderer/builds/form'
import { buildTiming } from '../../../renderer/builds/timing'
import { buildForm } from '../../buildFolder'
import { job } from './fixtures'

const request = (changes: Partial<BuildRequest> = {}): BuildRequest => ({
  kind: 'build',
  engineId: 'e1',
  ...buildForm('/app'),
  ...changes,
})

const step = (
  id: string,
  phase: JobStep['phase'],
  startedAt: number,
  endedAt?: number,
): JobStep => ({
  id,
  phase,
  status: `RUN ${id}`,
  currentBytes: 0,
  totalBytes: null,
  startedAt,
  ...(endedAt !== undefined && { endedAt }),
})

describe('the times of a build', () => {
  it('are shares of the longest step; what runs grows with the clock', () => {
    const build = job({
      request: request(),
      startedAt: 0,
      steps: [step('1/2', 'done', 0, 1_000), step('2/2', 'running', 1_000)],
    })
    const { steps, totalMillis, savedMillis } = buildTiming(build, [], 5_000)
    expect(steps.map(({ millis, share }) => [millis, share])).toEqual([
      [1_000, 0.25],
      [4_000, 1],
    ])
    expect(totalMillis).toBe(5_000)
    expect(savedMillis).toBeNull()
  })

  it('tell what the cache saved by the newest earlier build of the same in which the step ran', () => {
    const cached = step('1/2', 'cached', 100_000, 100_000)
    const build = job({ id: 'now', request: request(), startedAt: 100_000, steps: [cached] })
    const ran = (id: string, startedAt: number, millis: number, asked = request()) =>
      job({
        id,
        request: asked,
        startedAt,
        steps: [step('1/2', 'done', startedAt, startedAt + millis)],
      })
    const others = [
      ran('oldest', 0, 9_000),
      ran('newest', 20_000, 4_000, request({ noCache: true })),
      job({ id: 'cached', request: request(), startedAt: 50_000, steps: [cached] }),
      ran('elsewhere', 60_000, 1, request({ folder: '/other' })),
      ran('target', 60_000, 2, request({ target: 'one' })),
      ran('later', 200_000, 3),
    ]
    const timing = buildTiming(build, others, 101_000)
    expect(timing).toMatchObject({ savedMillis: 4_000, cachedCount: 1 })
    expect(timing.steps[0]).toMatchObject({ millis: null, savedMillis: 4_000 })
  })
})

describe('the form of a build', () => {
  it('gives back what it was made of', () => {
    const form = buildForm('/app', {
      target: 'one',
      platform: 'linux/arm64',
      tags: ['a:1', 'localhost:5000/b:2'],
      arguments: [{ name: 'A', value: '1' }],
      noCache: true,
    })
    expect(readBuild(textOf(form))).toEqual({ form, errors: new Map() })
  })

  it('takes names apart at commas and spaces, and an empty Dockerfile for the usual one', () => {
    const { form } = readBuild({
      ...textOf(buildForm(' /app ')),
      names: 'a:1,b  c',
      dockerfile: ' ',
    })
    expect(form).toMatchObject({
      folder: '/app',
      tags: ['a:1', 'b', 'c'],
      dockerfile: 'Dockerfile',
    })
  })

  it.each([
    ['folder', { folder: 'app' }],
    ['dockerfile', { dockerfile: '-f' }],
    ['platform', { platform: '--push' }],
    ['names', { names: 'a:1, UPPER' }],
    ['names', { names: `a@sha256:${'a'.repeat(64)}` }],
    ['argument.0', { arguments: [{ name: 'A B', value: '1' }] }],
  ])('refuses a wrong %s', (field, changes) => {
    const { form, errors } = readBuild({ ...textOf(buildForm('/app')), ...changes })
    expect(form).toBeNull()
    expect([...errors.keys()]).toEqual([field])
  })

  it('offers the arguments of the Dockerfile, keeps values and others beside, and sends no empty one', () => {
    const rows = argumentRows(
      [
        { name: 'B', value: '2' },
        { name: 'GONE', value: '' },
        { name: 'HTTP_PROXY', value: 'x' },
      ],
      {
        stages: [],
        arguments: [
          { name: 'A', defaultValue: '1' },
          { name: 'B', defaultValue: null },
        ],
      },
    )
    expect(rows).toEqual([
      { name: 'A', value: '' },
      { name: 'B', value: '2' },
      { name: 'HTTP_PROXY', value: 'x' },
    ])
    expect(readBuild({ ...textOf(buildForm('/app')), arguments: rows }).form?.arguments).toEqual(
      rows.slice(1),
    )
  })
})
