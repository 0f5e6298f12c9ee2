import { systemCodeOf } from './systemFiles'

/** True for the id of a process of this machine that has not ended, whoever's it is. */
export function processRuns(pid: number): boolean {
  try {
    // Signal 0 asks only.
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It is there and somebody else's.
    return systemCodeOf(error) === 'EPERM'
  }
}
