import { describe, expect, test } from 'vitest'
import { dataFolder, LaunchError, parseLaunch } from '../../../main/launch'

describe('the command line', () => {
  test('may be empty', () => {
    expect(parseLaunch([])).toEqual({
      port: null,
      engine: null,
      open: true,
      demo: false,
      help: false,
    })
  })

  test('may ask for everything', () => {
    const args = [
      '--browser',
      '--port',
      '8080',
      '--engine',
      ' podman ',
      '--no-open',
      '--demo',
      '-h',
    ]
    expect(parseLaunch(args)).toEqual({
      port: 8080,
      engine: 'podman',
      open: false,
      demo: true,
      help: true,
    })
    expect(parseLaunch(['--engine=/run/x.sock', '--port=1'])).toMatchObject({
      port: 1,
      engine: '/run/x.sock',
    })
  })

  test.each([
    [['--prot', '8080'], "Unknown option '--prot'"],
    [['docker'], "Unexpected argument 'docker'."],
    [['--port'], "Option '--port <value>' argument missing"],
    [['--port', 'http'], '--port takes a number from 1 to 65535, not "http".'],
    [['--port', '0'], '--port takes a number from 1 to 65535, not "0".'],
    [['--port', '65536'], '--port takes a number'],
    [['--port', '80e1'], '--port takes a number'],
    [['--port', ''], '--port takes a number'],
    [['--engine', '  '], '--engine takes a socket, an address or a name.'],
    [['--demo=yes'], "Option '--demo' does not take an argument"],
  ])('is refused in words when it cannot be followed: %s', (args, words) => {
    expect(() => parseLaunch(args)).toThrow(LaunchError)
    expect(() => parseLaunch(args)).toThrow(words)
  })

  test("may carry Chromium's switches in Electron, and no mistakes of ours", () => {
    const args = ['--no-sandbox', '--remote-debugging-port=0', 'main.js', '--engine', 'docker']
    expect(parseLaunch(args, 'ignore')).toMatchObject({ engine: 'docker', open: true })
    expect(() => parseLaunch(['--port', 'x'], 'ignore')).toThrow(LaunchError)
    expect(() => parseLaunch(['--engine'], 'ignore')).toThrow(LaunchError)
  })
})

describe('the data folder', () => {
  test.each<[NodeJS.Platform, NodeJS.ProcessEnv, string, string]>([
    ['linux', {}, '/home/me', '/home/me/.local/share/longshore'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/home/me', '/data/longshore'],
    ['linux', { XDG_DATA_HOME: 'data' }, '/home/me', '/home/me/.local/share/longshore'],
    ['linux', { XDG_DATA_HOME: '' }, '/home/me', '/home/me/.local/share/longshore'],
    ['darwin', {}, '/Users/me', '/Users/me/Library/Application Support/Longshore'],
    ['win32', { APPDATA: 'D:\\Roaming' }, 'C:\\Users\\me', 'D:\\Roaming\\Longshore'],
    ['win32', {}, 'C:\\Users\\me', 'C:\\Users\\me\\AppData\\Roaming\\Longshore'],
    ['linux', { LONGSHORE_DATA: '/tmp/x', XDG_DATA_HOME: '/data' }, '/home/me', '/tmp/x'],
  ])('on %s with %o is by its custom', (platform, env, home, folder) => {
    expect(dataFolder(env, platform, home)).toBe(folder)
  })
})
