import type { ChartDataset } from 'chart.js'

/** Makes a chart show `wanted`: Chart.js builds a dataset anew when it is another object, so they stay. */
export function setDatasets<Point>(
  datasets: ChartDataset<'line', Point[]>[],
  wanted: readonly ChartDataset<'line', Point[]>[],
) {
  datasets.length = Math.min(datasets.length, wanted.length)
  wanted.forEach((dataset, index) => {
    const kept = datasets[index]
    if (kept) Object.assign(kept, dataset)
    else datasets.push(dataset)
  })
}
