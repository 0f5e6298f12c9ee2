import { figure, table } from './results'

/** What one way of drawing costs, with so many charts that get a value each second. */
export interface ChartCost {
  name: string
  charts: number
  /** Of the page's main thread, milliseconds per second; without what the page needs with no chart. */
  busyMillis: number
  /** From a second's values to charts that know them, all charts together, milliseconds. */
  tickMillis: number
  framesPerSecond: number
  /** Between two frames. */
  frameMillis: { median: number; p99: number; longest: number }
}

/** The benchmark of the charts as Markdown. */
export function chartTables(costs: readonly ChartCost[]): string {
  const heads = ['main thread ms/s', 'ms per tick', 'frames/s', 'frame p99 ms', 'longest', '× ours']
  return table(
    ['', ...heads],
    costs.map((cost) => {
      const ours = costs.find(({ charts }) => charts === cost.charts)
      return [
        `${cost.charts} × ${cost.name}`,
        figure(cost.busyMillis),
        figure(cost.tickMillis),
        figure(cost.framesPerSecond),
        figure(cost.frameMillis.p99),
        figure(cost.frameMillis.longest),
        figure(cost.busyMillis / (ours?.busyMillis ?? Number.NaN)),
      ]
    }),
  )
}
