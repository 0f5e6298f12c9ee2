// `npm test` runs everything; `npm test -- PART [PATTERN]` one part, e.g. `npm test -- integration
// bed`. Plain Node, because it runs before the packages are there.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { ensureBuild } from './steps/compile.mjs'
import { ensurePackages } from './steps/packages.mjs'
import { root, runNpm, runTool } from './steps/run.mjs'
import { ensureTestSystem } from './steps/system.mjs'

const RESULTS = join(root, 'test-results')
const FAILURE_LINES = 12

/** What a check printed is shown when it failed: others print at the same time. */
const quiet = { quiet: true }

/**
 * In this order, but for checks of the `text` of the sources, which use one core: those run beside what
 * needs no engine. `needs` names parts that must not have failed.
 */
const PARTS = {
  format: {
    run: () => runTool('prettier', ['--check', '--log-level', 'warn', '.'], quiet),
    text: true,
  },
  lint: { run: () => runTool('eslint', ['.'], quiet), text: true },
  types: { run: () => runNpm(['run', '--silent', 'typecheck'], quiet), text: true },
  unused: { run: () => runTool('knip', [], quiet), text: true },
  build: { run: async () => ({ ok: await ensureBuild() }) },
  unit: tests('unit*'),
  integration: tests('integration', { onEngines: true }),
  faults: tests('faults', { onEngines: true }),
  soak: tests('soak', { onEngines: true }),
  e2e: tests('e2e', { onEngines: true, needs: ['build'] }),
}

/** Tests of one or more vitest projects. */
function tests(project, rest = {}) {
  const report = join(RESULTS, `${project.replace('*', '')}.json`)
  const run = (patterns) => {
    rmSync(report, { force: true })
    const output = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    return runTool('vitest', ['run', '--project', project, ...output, ...patterns])
  }
  return { run, report, ...rest }
}

/** The parts to run: the one asked for with what it needs, or all. */
function chosenParts(name) {
  if (name === undefined) return Object.keys(PARTS)
  if (!(name in PARTS)) return null
  return [...(PARTS[name].needs ?? []), name]
}

/** Vitest's JSON reports of the parts that ran. */
function reportsOf(outcomes) {
  return outcomes.flatMap(({ name, state }) => {
    const { report } = PARTS[name]
    if (!report || state === 'skipped') return []
    const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {}
    return [{ state, counts }]
  })
}

/** Adds up vitest's JSON reports. */
function countTests(outcomes) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const { state, counts } of reportsOf(outcomes)) {
    total.passed += counts.numPassedTests ?? 0
    total.skipped += (counts.numPendingTests ?? 0) + (counts.numTodoTests ?? 0)
    // A file that does not load fails the run without failing a test.
    total.failed += counts.numFailedTests || (state === 'failed' ? 1 : 0)
  }
  return total
}

/** Names each test that failed with its message, at the end, where a long run is read. */
function tellFailures(outcomes) {
  for (const { testResults = [] } of reportsOf(outcomes).map(({ counts }) => counts)) {
    for (const { name: file, status, message, assertionResults } of testResults) {
      const failed = assertionResults.filter((test) => test.status === 'failed')
      // A file that does not load has a message and no test.
      if (status === 'failed' && failed.length === 0) tellFailure(file, '', [message])
      for (const { fullName, failureMessages } of failed) {
        tellFailure(file, fullName, failureMessages)
      }
    }
  }
}

function tellFailure(file, test, messages) {
  console.log(`\n✗ ${relative(root, file)} ${test}`)
  const lines = stripVTControlCharacters(messages.join('\n')).split('\n')
  for (const line of lines.slice(0, FAILURE_LINES)) console.log(`  ${line.slice(0, 300)}`)
}

function summarise(outcomes) {
  tellFailures(outcomes)
  console.log('')
  for (const { name, state, seconds } of outcomes) {
    console.log(`${name.padEnd(12)} ${state.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s`)
  }
  const { passed, failed, skipped } = countTests(outcomes)
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  const ranNone = outcomes.some(({ name }) => PARTS[name].report) && passed + failed === 0
  return outcomes.every(({ state }) => state === 'passed') && !ranNone
}

/** Runs parts one after the other; `before` are the outcomes of those that ran already. */
async function runInTurn(names, patterns, before = []) {
  const outcomes = []
  for (const name of names) {
    const { run, needs = [] } = PARTS[name]
    const failed = [...before, ...outcomes].filter(({ state }) => state !== 'passed')
    if (failed.some((outcome) => needs.includes(outcome.name))) {
      outcomes.push({ name, state: 'skipped', seconds: 0, interrupted: false })
      continue
    }
    console.log(`\n# ${name}`)
    const start = performance.now()
    const { ok, interrupted } = await run(patterns)
    const seconds = (performance.now() - start) / 1000
    outcomes.push({ name, state: ok ? 'passed' : 'failed', seconds, interrupted })
    if (interrupted) break
  }
  return outcomes
}

function split(names, fits) {
  return [names.filter((name) => fits(name)), names.filter((name) => !fits(name))]
}

async function main([part, ...patterns]) {
  const names = chosenParts(part)
  if (!names) {
    console.error(`There is no part ${part}. The parts are ${Object.keys(PARTS).join(', ')}.`)
    return false
  }
  if (!(await ensurePackages())) return false
  if (names.some((name) => PARTS[name].onEngines) && !ensureTestSystem()) return false
  mkdirSync(RESULTS, { recursive: true })

  const [texts, others] = split(names, (name) => PARTS[name].text)
  const [onEngines, rest] = split(others, (name) => PARTS[name].onEngines)
  const done = await Promise.all([runInTurn(texts, patterns), runInTurn(rest, patterns)])
  const outcomes = done.flat()
  if (!outcomes.some(({ interrupted }) => interrupted)) {
    outcomes.push(...(await runInTurn(onEngines, patterns, outcomes)))
  }
  return summarise(outcomes)
}

process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1
