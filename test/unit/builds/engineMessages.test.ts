import { describe, expect, test } from 'vitest'
import { createEngineMessages } from '../../../main/builds/engineMessages'
import { buildFailure } from '../../../main/builds/failure'
import { createBuildSteps } from '../../../main/builds/steps'
import { dockerBuilds, podmanBuilds, type BuildDialect } from '../../../main/engines/dialect/builds'
import { fixtureMessages } from '../streams/fixtures'

function read({ mark }: BuildDialect, messages: readonly unknown[], millis = 1_000) {
  let now = 0
  const steps = createBuildSteps(() => now)
  const read = createEngineMessages(mark, steps)
  for (const message of messages) {
    now += millis
    read.apply(message)
  }
  return { steps, read }
}

const streams = (...texts: string[]) => texts.map((stream) => ({ stream }))

describe('the messages of a build', () => {
  test.each([
    ['docker', dockerBuilds],
    ['podman', podmanBuilds],
  ])('of %s are steps with their times, and an image (recorded)', async (kind, dialect) => {
    const { steps, read: messages } = read(dialect, await fixtureMessages(`${kind}-build.ndjson`))
    expect(messages.imageId()).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(messages.error()).toBeNull()
    steps.endAll('done')
    const list = steps.list()
    expect(list.length).toBeGreaterThan(1)
    expect(list.map(({ id }) => id)).toEqual(
      list.map(
        (_, index) => expect.stringMatching(new RegExp(`${index + 1}/${list.length}$`)) as string,
      ),
    )
    for (const step of list) {
      expect(step.endedAt).toBeGreaterThan(step.startedAt ?? Infinity)
    }
  })

  test.each([
    ['docker', dockerBuilds],
    ['podman', podmanBuilds],
  ])('of %s that failed name the step (recorded)', async (kind, dialect) => {
    const { steps, read: messages } = read(
      dialect,
      await fixtureMessages(`${kind}-build-failed.ndjson`),
    )
    steps.endAll('failed')
    expect(messages.error()).not.toBeNull()
    const failed = steps.list().filter(({ phase }) => phase === 'failed')
    expect(failed.map(({ id }) => id)).toEqual([messages.stepId()])
  })

  test('tell cached steps of both engines', () => {
    const id = 'a'.repeat(12)
    const docker = read(
      dockerBuilds,
      streams(
        'Step 1/2 : FROM a',
        '\n',
        ` ---> ${id}\n`,
        'Step 2/2 : RUN b',
        '\n',
        ' ---> Using cache\n',
        ` ---> ${id}\n`,
      ),
    )
    expect(docker.steps.list().map(({ phase }) => phase)).toEqual(['done', 'cached'])
    const podman = read(
      podmanBuilds,
      streams(
        '[1/2] STEP 1/1: FROM a\n',
        '[2/2] STEP 1/2: FROM b\n',
        '[2/2] STEP 2/2: RUN b\n',
        `--> Using cache ${'a'.repeat(64)}\n`,
      ),
    )
    expect(podman.steps.list().map(({ id: step, phase }) => `${step} ${phase}`)).toEqual([
      '[1/2] 1/1 done',
      '[2/2] 1/2 done',
      '[2/2] 2/2 cached',
    ])
  })

  test('keep what a command prints apart from the marks, whatever it prints', () => {
    const { steps } = read(
      dockerBuilds,
      streams(
        'Step 1/1 : RUN a',
        '\n',
        ' ---> Running in aaaaaaaaaaaa\n',
        'no line break',
        '\u001b[91mred\n\u001b[0m',
        'x\nStep 9/9 : RUN b\n',
        'Removing intermediate container aaaaaaaaaaaa\n',
      ),
    )
    expect(steps.lastOutput('1/1')).toEqual(['no line breakred', 'x', 'Step 9/9 : RUN b'])
    expect(steps.list()).toHaveLength(1)
  })

  test('of a disk that is full are told as such', () => {
    expect(buildFailure('write /a: no space left on device', 'RUN a', [])).toMatchObject({
      code: 'disk-full',
    })
  })

  test('keep memory bounded, however much a step prints', () => {
    const { steps } = read(
      dockerBuilds,
      streams('Step 1/1 : RUN a', ...Array.from({ length: 5_000 }, (_, at) => `${at}\n`)),
    )
    expect(steps.log()).toHaveLength(200)
    expect(steps.lastOutput('1/1')).toEqual(
      Array.from({ length: 20 }, (_, at) => String(at + 4_980)),
    )
  })
})
