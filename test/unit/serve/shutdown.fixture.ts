import { endOnSignals } from '../../../main/serve/shutdown'

/** A process that ends in the way its argument says; built and run by process.test.ts. */
const ways: Record<string, () => Promise<void>> = {
  calm: () => Promise.resolve(console.log('closed')),
  stuck: () => new Promise(() => undefined),
  failing: () => Promise.reject(new Error('cannot close')),
}

const close = ways[process.argv[2] ?? '']
if (!close) throw new Error('unknown way to end')
endOnSignals(close)
setInterval(() => undefined, 1_000)
process.on('SIGUSR2', () => {
  throw new Error('nobody catches this')
})
console.log('ready')
