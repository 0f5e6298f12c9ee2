import { z } from 'zod'
import type { HealthHistory, HealthResult } from '../../../preload/contract/health'
import { plainText } from '../../../preload/contract/logText'
import { say } from '../../../preload/contract/say'
import { getJson } from '../../engines/getJson'
import type { EngineLink } from '../../engines/handshake'
import { Failure, toFailure } from '../../errors'

/** The most of one output that is told, characters; Docker keeps as many bytes. */
const MOST_CHARACTERS = 4_096
/** Docker keeps five, Podman as many as it is told to. */
const MOST_RESULTS = 20

const result = z.object({
  Start: z.string(),
  End: z.string().nullish(),
  ExitCode: z.number(),
  Output: z.string().nullish(),
})

const health = z.object({
  Status: z.string().nullish(),
  FailingStreak: z.number().nullish(),
  Log: z.array(z.unknown()).nullish(),
})

const told = z.object({
  State: z.object({
    Health: health.nullish(),
    // Podman before 4.4 on its own route.
    Healthcheck: health.nullish(),
  }),
  Config: z.object({
    Healthcheck: z
      .object({
        Test: z.array(z.string()).nullish(),
        Interval: z.number().nullish(),
        Timeout: z.number().nullish(),
        StartPeriod: z.number().nullish(),
        Retries: z.number().nullish(),
      })
      .nullish(),
  }),
})
type Told = z.output<typeof told>

/** A container's health check, and what came of it as far as its engine keeps it. */
export async function readHealth(link: EngineLink, id: string): Promise<HealthHistory> {
  const answer: unknown = await link.client.call((docker, abortSignal) =>
    docker.getContainer(id).inspect({ abortSignal }),
  )
  return healthOf(told.parse(answer), link.dialect.health.runPath !== null)
}

/** @param canRun The engine can run the check at once. */
export function healthOf({ State, Config }: Told, canRun: boolean): HealthHistory {
  const now = State.Health ?? State.Healthcheck
  const check = checkOf(Config.Healthcheck)
  return {
    state: check === null ? 'none' : stateOf(now?.Status),
    check,
    failingStreak: now?.FailingStreak ?? 0,
    results: (now?.Log ?? []).slice(-MOST_RESULTS).flatMap(resultOf),
    canRun: canRun && check !== null,
  }
}

/** Runs the check at once. Its failure is a result like any other, which the history has then. */
export async function runHealthCheck(link: EngineLink, id: string): Promise<void> {
  const { runPath } = link.dialect.health
  if (!runPath)
    throw new Failure('conflict', say`This engine runs health checks only by its clock.`)
  try {
    await getJson(link.client, runPath(id))
  } catch (error) {
    const failure = toFailure(error)
    // A container that does not run, or has no check.
    if (failure.code !== 'conflict') throw failure
    throw new Failure('conflict', say`The check was not run.`, {
      hint: say`It runs only in a container that runs and has one.`,
      engineMessage: failure.engineMessage,
      cause: error,
    })
  }
}

function stateOf(status: string | null | undefined): HealthHistory['state'] {
  return status === 'healthy' || status === 'unhealthy' ? status : 'starting'
}

/** Engines' defaults where nothing was said (docker/docs: HEALTHCHECK), milliseconds and times. */
const usual = { intervalMillis: 30_000, timeoutMillis: 30_000, startPeriodMillis: 0, retries: 3 }

function checkOf(check: Told['Config']['Healthcheck']): HealthHistory['check'] {
  const [kind, ...words] = check?.Test ?? []
  if (kind === undefined || kind === 'NONE') return null
  const millis = (nanos: number | null | undefined, otherwise: number) =>
    nanos ? nanos / 1e6 : otherwise
  return {
    test: kind === 'CMD-SHELL' ? words.join(' ') : kind === 'CMD' ? words : [kind, ...words],
    intervalMillis: millis(check?.Interval, usual.intervalMillis),
    timeoutMillis: millis(check?.Timeout, usual.timeoutMillis),
    startPeriodMillis: millis(check?.StartPeriod, usual.startPeriodMillis),
    retries: check?.Retries || usual.retries,
  }
}

/** A result that does not fit is left out. */
function resultOf(raw: unknown): HealthResult[] {
  const { data } = result.safeParse(raw)
  const startedAt = Date.parse(data?.Start ?? '')
  if (!data || Number.isNaN(startedAt)) return []
  const endedAt = Date.parse(data.End ?? '')
  const output = (data.Output ?? '').split('\n').map(plainText).join('\n').trimEnd()
  return [
    {
      startedAt,
      endedAt: endedAt > 0 ? endedAt : null,
      exitCode: data.ExitCode,
      output: output.slice(0, MOST_CHARACTERS),
      truncated: output.length > MOST_CHARACTERS,
    },
  ]
}
