// `npm start`: makes sure that there is an engine, then opens the window, or browser mode where
// Electron's binary or a display is missing. build/prestart.mjs has installed and built by now.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const args = process.argv.slice(2)
const asksForEngine = args.some((arg) => arg === '--engine' || arg.startsWith('--engine='))
// Where to listen is a matter of browser mode.
const asksForBrowser = args.some((arg) => arg === '--browser' || /^--listen(=|$)/.test(arg))
const asksForHelp = args.includes('--help') || args.includes('-h')

if (!asksForEngine && !asksForHelp) {
  const { ensureEngine } = await import('../out/main/engine.js')
  await ensureEngine()
}

const window = asksForBrowser || asksForHelp ? null : windowCommand()
const [command, ...front] = window ?? [process.execPath, join(root, 'out/main/serve.js')]
const child = spawn(command, [...front, ...args], { stdio: 'inherit' })
// The app ends itself in order on these; this process only waits for it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal))
}
child.on('exit', (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1)
})

/** Electron with the app, or null where it cannot open a window here. */
function windowCommand() {
  const onLinux = process.platform === 'linux'
  if (onLinux && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return null
  if (onLinux && process.getuid() === 0) {
    console.log('As root Electron would run without its sandbox: using the browser instead.')
    return null
  }
  const binary = electronBinary() ?? downloadElectron()
  return binary === null ? null : [binary, root]
}

/** Where the electron package has put its binary, if it has. */
function electronBinary() {
  const folder = electronFolder()
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(binary) ? binary : null
}

/** Since version 42 the package brings its binary only when asked. */
function downloadElectron() {
  console.log("Downloading Electron's binary …")
  const { status } = spawnSync(process.execPath, [join(electronFolder(), 'install.js')], {
    stdio: ['ignore', 'inherit', 'ignore'],
  })
  if (status !== 0) console.log('It could not be had: using the browser instead.')
  return status === 0 ? electronBinary() : null
}

function electronFolder() {
  return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
}
