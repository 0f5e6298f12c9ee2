import type { LogLine, LogState } from '../../../../preload/contract/logs'

export function logLine(number: number, changes: Partial<LogLine> = {}): LogLine {
  return {
    number,
    source: 0,
    stream: 'stdout',
    at: new Date(Date.UTC(2026, 0, 2, 10) + number * 1_000).toISOString(),
    text: `line ${number}`,
    truncated: false,
    level: null,
    json: false,
    resumed: false,
    marks: [],
    ...changes,
  }
}

export function logState(changes: Partial<LogState> = {}): LogState {
  return {
    first: 0,
    end: 0,
    earlier: { state: 'read' },
    forgotten: 0,
    sources: ['following'],
    filtered: null,
    matches: null,
    view: 0,
    ...changes,
  }
}
