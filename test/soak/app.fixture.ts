import { serveApp } from '../appOnPort'
import { measure } from './measure'

/** The app in a process of its own, which tells its parent what it holds on to; built and run by soak.test.ts. */
const [engine = '', dataFolder = ''] = process.argv.slice(2)
const tell = (message: unknown) => process.send?.(message)

process.on('warning', ({ name, message }) => {
  // Of v8.queryObjects, by which is measured.
  if (name !== 'ExperimentalWarning') tell({ warning: `${name}: ${message}` })
})
process.on('message', () => {
  void measure().then((held) => tell({ held }))
})
process.on('disconnect', () => process.exit())
tell({ port: await serveApp({ engine, dataFolder }) })
