import { Chart, registerables } from 'chart.js'
import { limitPercent, topPercent, type Drawing } from './drawing'

/** Chart.js with what it does when nobody says otherwise: animated, parsed, and all data new every second. */
export const chartJsDefaults: Drawing = {
  begin(canvas, first, now) {
    Chart.register(...registerables)
    let values = [...first]
    const chart = new Chart(canvas, {
      type: 'line',
      data: dataOf(values, now),
      options: { maintainAspectRatio: false, scales: { y: { min: 0, max: topPercent } } },
    })
    return {
      tick(value, at) {
        values = [...values.slice(1), value]
        chart.data = dataOf(values, at)
        chart.update()
      },
      destroy: () => chart.destroy(),
    }
  },
}

function dataOf(values: readonly number[], now: number) {
  const timeOf = (index: number) =>
    new Date(now - (values.length - 1 - index) * 1_000).toLocaleTimeString()
  return {
    labels: values.map((_, index) => timeOf(index)),
    datasets: [
      { label: 'CPU', data: [...values], fill: true },
      { label: 'Limit', data: values.map(() => limitPercent) },
    ],
  }
}
