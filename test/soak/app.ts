import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { buildPrograms } from '../build'
import type { Held } from './held'
import type { Leak } from './leaks'

/**
 * V8 neither compiles what runs often nor throws away what runs seldom, and makes room for what it learns of a
 * function at its first call: so its code is there after the warm-up, and the heap that grows is the app's own. Without
 * them code grows by 54 KiB a round, and less each round (over ten rounds; of all that was new, 99.7 % was code).
 */
const STEADY_CODE = [
  '--no-opt',
  '--no-sparkplug',
  '--no-flush-bytecode',
  '--no-lazy-feedback-allocation',
]

interface Told {
  port?: number
  held?: Held
  warning?: string
}

export interface SoakedApp {
  port: number
  /** What it holds on to now. */
  held(): Promise<Held>
  /** Makes it hold on to one more of what it should not. */
  leak(what: Leak): Promise<void>
  /** What Node warned of: `MaxListenersExceededWarning` and the like. */
  warnings: string[]
}

/** Runs the app in a process of its own; ends after the test. */
export async function startApp(engine: string): Promise<SoakedApp> {
  const programs = resolve('test-results/soak-app')
  await buildPrograms(programs, { app: resolve('test/soak/app.fixture.ts') })
  const dataFolder = mkdtempSync(join(tmpdir(), 'longshore-soak-'))
  const child = fork(join(programs, 'app.mjs'), [engine, dataFolder], {
    execArgv: ['--expose-gc', ...STEADY_CODE],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  onTestFinished(async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    rmSync(dataFolder, { recursive: true, force: true })
  })
  const warnings: string[] = []
  let take: (told: Told) => void = () => undefined
  child.on('message', (told: Told) => {
    if (told.warning !== undefined) warnings.push(told.warning)
    else take(told)
  })
  const next = () =>
    new Promise<Told>((resolve, reject) => {
      take = resolve
      child.once('exit', () => reject(new Error('The app has ended.')))
    }).finally(() => child.removeAllListeners('exit'))
  const ask = (question: 'measure' | Leak) => {
    const answer = next()
    child.send(question)
    return answer
  }
  const { port = 0 } = await next()
  return {
    port,
    warnings,
    async held() {
      const { held } = await ask('measure')
      if (!held) throw new Error('The app told nothing.')
      return held
    },
    async leak(what) {
      await ask(what)
    },
  }
}
