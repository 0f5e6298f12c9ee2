import { metrics } from '../../../../preload/contract/stats'
import { HistoryStore } from '../../../../main/stats/history/historyStore'

/**
 * Samples a container once per second of a clock that runs as fast as it can, writes after each minute,
 * and tells the last moment that is on the disk. Ends only by being killed.
 *
 * Arguments: the store's folder, the container's id, the first moment in milliseconds.
 */
const [folder = '', id = '', begin = '0'] = process.argv.slice(2)
const store = new HistoryStore({ folder })
await store.load()
const recorder = store.recorder({
  id,
  engineId: 'engine',
  name: 'killed',
  createdAt: Number(begin),
  composeProject: null,
  composeService: null,
  composeNumber: null,
})
const values = new Float64Array(metrics.length)
for (let second = 0; ; second++) {
  const at = Number(begin) + second * 1_000
  recorder.push(at, values.fill(second % 100))
  if (second % 60 !== 59) continue
  await store.flush()
  process.stdout.write(`${at}\n`)
}
