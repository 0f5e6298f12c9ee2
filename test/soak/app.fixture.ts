import { serveApp } from '../appOnPort'
import { leaks, type Leak } from './leaks'
import { measure } from './measure'

/** The app in a process of its own, which does what its parent asks: tell what it holds on to, or leak. */
const [engine = '', dataFolder = ''] = process.argv.slice(2)
const tell = (message: unknown) => process.send?.(message)
const port = await serveApp({ engine, dataFolder })

process.on('warning', ({ name, message }) => tell({ warning: `${name}: ${message}` }))
process.on('message', (asked: 'measure' | Leak) => {
  if (asked === 'measure') void measure().then((held) => tell({ held }))
  else void Promise.resolve(leaks[asked](port)).then(() => tell({ leaked: asked }))
})
process.on('disconnect', () => process.exit())
tell({ port })
