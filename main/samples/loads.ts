import { say } from '../../preload/contract/say'

/** One sample container: what it shows, and the shell program that makes the load. */
export interface SampleLoad {
  name: string
  /** A line for people, kept in a label. */
  purpose: () => string
  /** For busybox's sh. */
  program: string
  cpuLimitCores: number | null
  memoryLimitBytes: number | null
}

const mebibyte = 1024 * 1024

/** Work that takes about a hundredth of a second of CPU on a laptop of today. */
const spin =
  'spin() { local n=$1 i; while [ $n -gt 0 ]; do i=0; while [ $i -lt 4000 ]; do i=$((i+1)); done; n=$((n-1)); done; }'

/** Ends at once when asked to, which a shell as process 1 otherwise does not. */
const polite = "trap 'exit 0' TERM INT"

/** PID 1 waits on a background sleep so that the trap runs at once. */
const rest = 'rest() { sleep $1 & wait $!; }'

export const sampleLoads: SampleLoad[] = [
  {
    name: 'longshore-sample-wave',
    purpose: () => say`CPU that rises and falls, up to a limit of half a core.`,
    program: `${polite}; ${spin}; ${rest}; while :; do for level in 1 4 9 16 24 31 36 38 36 31 24 16 9 4 1 0; do spin $level; rest 0.6; done; done`,
    cpuLimitCores: 0.5,
    memoryLimitBytes: 64 * mebibyte,
  },
  {
    name: 'longshore-sample-growing',
    purpose: () => say`Memory that grows by 2 MiB a second and is given back at 56 MiB.`,
    // Files in /dev/shm are memory of the container; its default size is 64 MiB.
    program: `${polite}; ${rest}; while :; do n=0; while [ $n -lt 28 ]; do head -c 2097152 /dev/zero > /dev/shm/block$n; n=$((n+1)); rest 1; done; rm -f /dev/shm/block*; rest 3; done`,
    cpuLimitCores: null,
    memoryLimitBytes: 96 * mebibyte,
  },
  {
    name: 'longshore-sample-steady',
    purpose: () => say`A little CPU all the time, and a line of log each second.`,
    program: `${polite}; ${spin}; ${rest}; n=0; while :; do spin 8; n=$((n+1)); echo "steady work, round $n"; rest 0.9; done`,
    cpuLimitCores: null,
    memoryLimitBytes: null,
  },
  {
    name: 'longshore-sample-idle',
    purpose: () => say`Nothing at all, within a limit of a quarter core and 32 MiB.`,
    program: `${polite}; ${rest}; while :; do rest 3600; done`,
    cpuLimitCores: 0.25,
    memoryLimitBytes: 32 * mebibyte,
  },
]
