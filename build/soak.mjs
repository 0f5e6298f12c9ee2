// `npm run soak -- --minutes 30` runs the soak test for so long.
import { parseArgs } from 'node:util'
import { runTool } from './steps/run.mjs'

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' } } })
process.env.LONGSHORE_SOAK_MINUTES = values.minutes
const { ok } = await runTool('vitest', ['run', '--project', 'soak', 'soak.test'])
process.exitCode = ok ? 0 : 1
