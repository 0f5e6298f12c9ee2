import { spawn } from 'node:child_process'

const waitMillis = 3_000

/** Whether there is a screen to open a browser on. */
export function hasDisplay(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (platform === 'darwin' || platform === 'win32') return true
  return Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])
}

/**
 * Asks the system to open `url` in the default browser, without a shell. False when that failed;
 * true when it worked or when the opener still runs after three seconds (some live as long as the
 * browser).
 */
export function openBrowser(
  url: string,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  const [command, ...args] = openerOf(platform)
  const opener = spawn(command, [...args, url], { detached: true, stdio: 'ignore' })
  opener.unref()
  return new Promise((resolve) => {
    const settle = (opened: boolean) => {
      clearTimeout(timer)
      resolve(opened)
    }
    const timer = setTimeout(settle, waitMillis, true)
    opener.once('error', () => settle(false))
    opener.once('exit', (code) => settle(code === 0))
  })
}

function openerOf(platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === 'darwin') return ['open']
  // `start` belongs to cmd.exe, which would read the address as a command line; this is what
  // `start` calls.
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler']
  return ['xdg-open']
}
