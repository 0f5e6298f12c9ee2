import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of package.json. All commands run in it. */
export const root = join(import.meta.dirname, '..', '..')

/**
 * Runs a command and waits for its end. Ctrl-C and SIGTERM go to it, and it is waited for: it may
 * have engines to stop.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ quiet?: boolean, environment?: Record<string, string> }} [options] `quiet` shows what it
 *   printed only when it failed.
 * @returns {Promise<{ ok: boolean, interrupted: boolean }>}
 */
export function run(command, args, { quiet = false, environment = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    })
    const output = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    let interrupted = false
    const forward = (signal) => {
      interrupted = true
      child.kill(signal)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, forward)
    const end = () => {
      for (const signal of signals) process.off(signal, forward)
    }
    child.once('error', (error) => {
      end()
      reject(error)
    })
    child.once('close', (code) => {
      end()
      if (code !== 0) process.stderr.write(Buffer.concat(output))
      resolve({ ok: code === 0, interrupted })
    })
  })
}

/**
 * Runs a program that an npm package brings, without a shell: the same on every system.
 *
 * @param {string} name The package, which has a program of the same name.
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runTool(name, args, options) {
  const folder = join(root, 'node_modules', name)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const program = typeof bin === 'string' ? bin : bin[name]
  return run(process.execPath, [join(folder, program), ...args], options)
}

/**
 * Runs npm: the one that runs this script, where there is one.
 *
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath
  return npm ? run(process.execPath, [npm, ...args], options) : run('npm', args, options)
}
