import { expect } from 'vitest'
import { engineCli, waitFor, type EngineFacts } from '../bed'
import { engineRequest } from '../bed/api'
import { containerLine, withoutAlgorithm, type Listed, type LiveLists } from './liveLists'

/**
 * How long the lists may take once the engine is back, milliseconds. It is back when it tells its version: its
 * process begins long before, and answers `/_ping` before it can tell anything (Podman reads its store then).
 * Added is what the engine itself takes to answer what the app has to ask then, one after the other: Podman 4.3
 * takes seconds for it on a busy machine, and is asked by this test meanwhile, too.
 */
const PROMISED_MILLIS = 3_000
/** Longer than any answer; a frozen engine gives it when it thaws. */
const VERSION_MILLIS = 60_000

/** Resolves with the moment when the engine is back, by the wall clock. */
export async function answersAgain(engine: Pick<EngineFacts, 'socket'>): Promise<number> {
  const version = () => engineRequest(engine, 'GET', '/version', undefined, VERSION_MILLIS)
  return waitFor('the engine to tell its version', async () => {
    const status = await version()
      .then((answer) => answer.status)
      .catch(() => null)
    return status === 200 ? Date.now() : null
  })
}

/**
 * Waits until the lists are what the engine's own client says, and checks how long that took.
 *
 * @param since when the engine was back, by the wall clock
 * @param connectedAt tells since when the app says that it is connected
 * @returns milliseconds from when the engine was back, or was at its last change, until all was right
 */
export async function expectRightAgain(
  engine: EngineFacts,
  lists: LiveLists,
  fault: { name: string; since: number; connectedAt: () => Promise<number> },
): Promise<number> {
  const { name, since, connectedAt } = fault
  const before = await timeOfAnswers(engine)
  let truth: Listed | null = null
  let truthAt = since
  await expect
    .poll(
      async () => {
        const earlier = truth
        truth = await truthOf(engine)
        // What the engine itself did later, such as starting its containers, cannot be known earlier.
        if (earlier && JSON.stringify(earlier) !== JSON.stringify(truth)) truthAt = Date.now()
        return { ...lists.now(), engine: (await connectedAt()) > 0 }
      },
      { timeout: 60_000, interval: 20 },
    )
    .toSatisfy(
      (shown: Listed & { engine: boolean }) =>
        JSON.stringify(shown) === JSON.stringify({ ...truth, engine: true }),
    )
  const rightAt = Math.max(lists.changedAt(), await connectedAt())
  const millis = Math.max(0, rightAt - truthAt)
  const answerMillis = Math.max(before, await timeOfAnswers(engine))
  console.log(
    `right again: ${engine.kind}, ${name}: ${millis} ms (the engine's answers alone: ${answerMillis} ms)`,
  )
  const limit = PROMISED_MILLIS + answerMillis
  expect(millis).toBeLessThanOrEqual(limit)
  return millis
}

/** Podman has these, too, and its API lists them nowhere. */
const unlisted = { docker: [], podman: ['host', 'none'] }

/** What the engine's own client lists. */
export async function truthOf(engine: EngineFacts): Promise<Listed> {
  const cli = engineCli(engine)
  const lines = async (args: string[]) =>
    (await cli(args)).split('\n').filter((line) => line !== '')
  const [containers, images, networks, volumes] = await Promise.all([
    lines(['ps', '--all', '--no-trunc', '--format', '{{.ID}} {{.State}}']),
    lines(['images', '--no-trunc', '--format', '{{.ID}}']),
    lines(['network', 'ls', '--no-trunc', '--format', '{{.ID}}']),
    lines(['volume', 'ls', '--format', '{{.Name}}']),
  ])
  return {
    containers: containers
      .map((line) => line.split(' '))
      .map(([id = '', state = '']) => containerLine(id, state))
      .sort(),
    images: [...new Set(images.map(withoutAlgorithm))].sort(),
    networks: [...networks, ...unlisted[engine.kind]].sort(),
    volumes: volumes.sort(),
  }
}

/** What a handshake and a list ask, one after the other; milliseconds. */
async function timeOfAnswers(engine: EngineFacts): Promise<number> {
  const start = Date.now()
  for (const path of ['/_ping', '/version', '/info', '/containers/json?all=1']) {
    await engineRequest(engine, 'GET', path)
  }
  return Date.now() - start
}
