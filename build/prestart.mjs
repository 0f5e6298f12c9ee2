// Before `npm start`: whatever this checkout lacks to run. Plain Node, because it runs before the
// packages are there.
import { ensureBuild } from './steps/compile.mjs'
import { ensurePackages } from './steps/packages.mjs'

const ready = (await ensurePackages()) && (await ensureBuild())
process.exitCode = ready ? 0 : 1
