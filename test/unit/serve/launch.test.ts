import { describe, expect, test } from 'vitest'
import { dataFolder, LaunchError, parseLaunch } from '../../../main/launch'

/** Nothing said about where to listen. */
const listen = { host: null, names: [], tlsCert: null, tlsKey: null, tokenFile: null }

describe('the command line', () => {
  test('may be empty', () => {
    expect(parseLaunch([])).toEqual({
      port: null,
      engine: null,
      open: true,
      listen,
      idleHours: 12,
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
      listen,
      idleHours: 12,
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
    [['--idle-hours', '0'], '--idle-hours takes a number up to 720, such as 8 or 0.5.'],
    [['--idle-hours', '0.0'], '--idle-hours takes a number up to 720'],
    [['--idle-hours', '721'], '--idle-hours takes a number up to 720'],
    [['--idle-hours', '1e2'], '--idle-hours takes a number up to 720'],
    [['--idle-hours', '-1'], "Option '--idle-hours' argument is ambiguous"],
    [['--listen', ''], '--listen takes a name or an address'],
    [['--listen', 'http://host'], '--listen takes a name or an address'],
    [['--listen', 'a b'], '--listen takes a name or an address'],
    [['--listen', 'host:0'], '--listen takes a number from 1 to 65535, not "0".'],
    [['--listen', 'host:'], '--listen takes a number'],
    [['--listen', 'host:1', '--port', '2'], '--listen says port 1 and --port 2: say one of them.'],
    [['--token-file', ''], '--token-file takes a file.'],
    [['--host', ' '], '--host takes a name.'],
    [['--engine', '  '], '--engine takes a socket, an address or a name.'],
    [['--demo=yes'], "Option '--demo' does not take an argument"],
  ])('is refused in words when it cannot be followed: %s', (args, words) => {
    expect(() => parseLaunch(args)).toThrow(LaunchError)
    expect(() => parseLaunch(args)).toThrow(words)
  })

  test.each([
    ['192.0.2.2', '192.0.2.2', null],
    ['192.0.2.2:8443', '192.0.2.2', 8443],
    ['ship.example:443', 'ship.example', 443],
    ['::1', '::1', null],
    ['[::1]', '::1', null],
    ['[fd00::2]:8443', 'fd00::2', 8443],
    ['fd00::2', 'fd00::2', null],
  ])('may say where to listen: %s', (text, host, port) => {
    expect(parseLaunch(['--listen', text])).toMatchObject({ port, listen: { ...listen, host } })
  })

  test('may say all it takes to be reached from afar', () => {
    const files = ['--tls-cert', 'c.pem', '--tls-key', 'k.pem', '--token-file', 'token']
    const args = ['--listen', '0.0.0.0:443', ...files, '--host', 'a', '--host=b', '--idle-hours=1']
    expect(parseLaunch(args)).toMatchObject({
      port: 443,
      idleHours: 1,
      listen: {
        host: '0.0.0.0',
        names: ['a', 'b'],
        tlsCert: 'c.pem',
        tlsKey: 'k.pem',
        tokenFile: 'token',
      },
    })
  })

  test.each([
    ['720', 720],
    ['0.5', 0.5],
    ['0.0005', 0.0005],
  ])('may say after how many hours a browser is let go: %s', (text, idleHours) => {
    expect(parseLaunch(['--idle-hours', text])).toMatchObject({ idleHours })
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
