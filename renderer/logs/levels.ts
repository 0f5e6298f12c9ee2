import type { LogLevel } from '../../preload/contract/logs'

/** The colour of each level; its word goes with it. */
export const levelText: Readonly<Record<LogLevel, string>> = {
  trace: 'text-off',
  debug: 'text-off',
  info: 'text-accent',
  warning: 'text-warning',
  error: 'text-bad',
  fatal: 'font-semibold text-bad',
}
