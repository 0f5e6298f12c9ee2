import { serveApp } from '../appOnPort'

/** The app in a process of its own; built and run by ownApp.ts. */
const [engine = '', dataFolder = ''] = process.argv.slice(2)
console.log(`port ${await serveApp({ engine, dataFolder })}`)
