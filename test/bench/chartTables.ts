import { figure, table } from './results'

/** What one way of drawing costs, with so many charts that get a value each second. */
export interface ChartCost {
  name: string
  charts: number
  /** Of the page's main thread, milliseconds per second; without what the page needs with no chart. */
  busyMillis: number
  framesPerSecond: number
  /** Between two frames. */
  frameMillis: { median: number; p99: number; longest: number }
}

/** The benchmark of the charts as Markdown. */
export function chartTables(costs: readonly ChartCost[]): string {
  const heads = ['main thread ms/s', 'frames/s', 'p99 frame ms', 'longest frame ms', '× ours']
  return table(
    ['', ...heads],
    costs.map((cost) => {
      const ours = costs.find(({ charts }) => charts === cost.charts)
      return [
        `${cost.charts} × ${cost.name}`,
        figure(cost.busyMillis),
        figure(cost.framesPerSecond),
        figure(cost.frameMillis.p99),
        figure(cost.frameMillis.longest),
        figure(cost.busyMillis / (ours?.busyMillis ?? Number.NaN)),
      ]
    }),
  )
}
