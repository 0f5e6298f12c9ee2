import { randomUUID } from 'node:crypto'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { unacknowledged } from '../../preload/contract/terminals'
import { engineCli, makeShelllessImage } from '../bed'
import { openOn } from '../images'
import { lookAt, openTerminal, type Way } from '../terminal'

const bed = inject('bed')

const POLITE = ['sh', '-c', "trap 'exit 0' TERM; sleep 1000 & wait"]

describe.each(bed.engines)('a terminal on $kind', (engine) => {
  const cli = engineCli(engine)

  /** Runs a container that goes after the test. */
  async function run(options: string[] = [], command = POLITE, image = bed.busybox) {
    const name = `terminal-${randomUUID().slice(0, 8)}`
    onTestFinished(async () => {
      await cli(['kill', name]).catch(() => undefined)
      await cli(['rm', '--force', '--volumes', name])
    })
    const network = ['--network', 'none']
    await cli(['run', '--detach', '--name', name, ...network, ...options, image, ...command])
    return { name, id: await cli(['inspect', '--format', '{{.Id}}', name]) }
  }

  /** The app beside a container, and how a terminal is opened in it. */
  async function open(...made: Parameters<typeof run>) {
    const [{ client, api, engineId }, { name, id }] = await Promise.all([
      openOn(engine),
      run(...made),
    ])
    return {
      ...{ client, api, engineId, name, id },
      terminal: (way: Way) => openTerminal(api, engineId, id, way),
      ways: () => api.terminals.ways({ engineId, containerId: id }),
      processes: () => cli(['top', name]),
    }
  }

  /** Our own containers beside the one that is looked into; the lists do not show them. */
  const sidecarsOf = (id: string) =>
    cli(['ps', '--all', '--quiet', '--filter', `label=longshore.debug=${id}`])

  test('finds a shell, runs what is typed, and tells the exit code', async () => {
    const { terminal, ways } = await open()
    expect(await ways()).toEqual({
      shells: ['/bin/sh'],
      attach: { tty: false, takesInput: false, inputEndsWithViewer: false },
      hostProcesses: false,
    })
    const shell = await terminal({ kind: 'exec' })
    await shell.type('echo $TERM $((40 + 2))\r')
    await shell.until('xterm-256color 42')
    await shell.type('exit 7\r')
    expect(await shell.ended()).toMatchObject({ command: ['/bin/sh'], exitCode: 7, problem: null })
  })

  test('runs the chosen command as the chosen user, and says what cannot be run', async () => {
    const { terminal } = await open()
    const command: [string, ...string[]] = ['sh', '-c', 'id -un; echo "$1"', '', 'a  b; exit 1']
    const asNobody = await terminal({ kind: 'exec', command, user: 'nobody' })
    expect(await asNobody.ended()).toMatchObject({ user: 'nobody', exitCode: 0 })
    expect(asNobody.text()).toMatch(/nobody\r\na {2}b; exit 1/)

    const missing = await terminal({ kind: 'exec', command: ['/bin/nothing'] })
    const { exitCode } = await missing.ended()
    expect([126, 127]).toContain(exitCode)
    await missing.until('no such file')

    const stranger = terminal({ kind: 'exec', user: 'stranger' })
    if (engine.kind === 'docker') await (await stranger).until('unable to find user stranger')
    else await expect(stranger).rejects.toMatchObject({ code: 'invalid-input' })
    for (const way of [
      { kind: 'exec', command: ['--privileged'] },
      { kind: 'exec', user: '-u0' },
      { kind: 'debug', image: '-v/:/host' },
    ] satisfies Way[]) {
      await expect(terminal(way)).rejects.toMatchObject({ code: 'invalid-input' })
    }
  })

  test('tells the program its size, and the other viewers', async () => {
    const { api, engineId, terminal } = await open()
    const shell = await terminal({
      kind: 'exec',
      command: ['sh', '-c', 'trap "stty size" WINCH; echo ready; while :; do sleep 0.1; done'],
    })
    await shell.until('ready')
    const other = await lookAt(api, engineId, shell.id, { columns: 100, rows: 30 })
    await shell.untilSize({ columns: 100, rows: 30 })
    await other.until('30 100')
    await api.terminals.resize({
      ...{ terminalId: shell.id, viewerId: other.viewerId() },
      ...{ columns: 132, rows: 50 },
    })
    await shell.until('50 132')
    await shell.untilSize({ columns: 132, rows: 50 })
  })

  test('keeps characters whole that are cut in two, and every key, Ctrl-P too', async () => {
    const { terminal } = await open()
    const split = await terminal({
      kind: 'exec',
      command: [
        'sh',
        '-c',
        String.raw`stty -echo; printf '\342\202'; read x; printf '\254 \360\237'; read x; printf '\220\263.\377.'`,
      ],
    })
    await split.type('\r')
    await split.until('€ ')
    await split.type('\r')
    await split.ended()
    expect(split.text()).toContain('🐳.\uFFFD.')

    const keys = await terminal({
      kind: 'exec',
      command: ['sh', '-c', 'stty raw -echo; echo go; head -c 5 | od -An -tx1'],
    })
    await keys.until('go')
    // Docker holds Ctrl-^ back until the next one.
    for (const key of '\u0010\u0010\u0011\u001ex') await keys.type(key)
    await keys.until('10 10 11 1e 78')
  })

  test('several of one container know nothing of each other', async () => {
    const { api, engineId, id, terminal } = await open()
    const [one, two] = await Promise.all([terminal({ kind: 'exec' }), terminal({ kind: 'exec' })])
    await one.type('name=first; echo I am $name.\r')
    await two.type('echo I am $name.\r')
    await one.until('I am first.')
    await two.until('I am .')
    await one.type('exit\r')
    await one.ended()
    await two.type('echo still $((1 + 1))\r')
    await two.until('still 2')
    await api.terminals.close({ terminalId: two.id })
    const left = await api.terminals.watch({ engineId })
    for await (const message of left) {
      if (message.kind !== 'snapshot') throw new Error('unreachable')
      expect(message.items).toMatchObject([{ id: one.id, containerId: id, state: 'ended' }])
      break
    }
    await expect(api.terminals.write({ terminalId: two.id, data: 'x' })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('goes on while nobody looks, and shows the same screen to who comes back', async () => {
    const { api, engineId, terminal } = await open()
    const shell = await terminal({ kind: 'exec' })
    await shell.type(
      String.raw`printf '\033]2;at work\007\033[?2004h\033[31mred\033[0m\n'; read go; seq 1 400; echo $((40 + 2))` +
        '\r',
    )
    await shell.until('red')
    await shell.leave()
    await shell.type('\r')
    // The list tells what the program calls itself; the end of the output is seen by coming back.
    const back = await lookAt(api, engineId, shell.id)
    await back.until('400\r\n42')
    const again = await lookAt(api, engineId, shell.id)
    const screen = await again.until('42')
    expect(screen).toContain('\u001b[31mred')
    expect(screen).toContain('\u001b[?2004h')
    expect(screen).toMatch(/1\r\n2\r\n3\r\n/)
    expect(screen).toContain('400\r\n42')
    await back.type('exit\r')
    expect(await back.ended()).toMatchObject({ title: 'at work' })
  })

  test('hostile output: a title is capped, the clipboard and questions reach nobody twice', async () => {
    const { api, engineId, terminal } = await open()
    const title = `${'x'.repeat(500)}\u202e`
    const program = String.raw`stty raw -echo; printf "\033]2;${title}\007\033]52;c;aGVsbG8=\007\033[21t\033[6n"; head -c 6 | od -An -c; echo; head -c 1 | od -An -c`
    const shell = await terminal({ kind: 'exec', command: ['sh', '-c', `sleep 0; ${program}`] })
    const other = await lookAt(api, engineId, shell.id)
    // One answer, though two look on: where the cursor stands. None to what its title is.
    await other.until(/033\s+\[\s+1\s+;\s+1\s+R/)
    await shell.type('q')
    const { title: told } = await shell.ended()
    // A screen that is painted anew moves the cursor where a line ended.
    expect(shell.text()).toMatch(/R(?:\s|\u001b\[\d+B)+q\s/)
    expect(told).toBe('x'.repeat(100))
  })

  test('closing hangs up the program, with what it has started', async () => {
    const { api, terminal, processes } = await open()
    const shell = await terminal({ kind: 'exec' })
    await shell.type('sleep 4321\r')
    await expect.poll(processes).toContain('sleep 4321')
    const deaf = await terminal({
      kind: 'exec',
      command: ['sh', '-c', 'trap "" HUP; echo deaf; sleep 1234'],
    })
    await deaf.until('deaf')
    expect(await api.terminals.close({ terminalId: shell.id })).toEqual({ goesOn: 'nothing' })
    await expect.poll(processes).not.toContain('sleep 4321')
    expect(await api.terminals.close({ terminalId: deaf.id })).toEqual({ goesOn: 'program' })
    expect(await processes()).toContain('sleep 1234')
  })

  test('closing the app hangs up all programs', async () => {
    const { client, terminal, processes } = await open()
    const shell = await terminal({ kind: 'exec' })
    await shell.type('exec sleep 4321\r')
    await expect.poll(processes).toContain('sleep 4321')
    await client.close()
    await expect.poll(processes).not.toContain('sleep 4321')
  })

  test('attaches to a main process with a terminal; closing only lets go of it', async () => {
    const { api, terminal, ways, name } = await open(['--tty', '--interactive'], ['sh'])
    expect((await ways()).attach).toMatchObject({ tty: true, takesInput: true })
    const main = await terminal({ kind: 'attach' })
    await main.type('stty size; name=kept\r')
    await main.until('24 80')
    expect(await api.terminals.close({ terminalId: main.id })).toEqual({ goesOn: 'main-process' })
    expect(await cli(['inspect', '--format', '{{.State.Running}}', name])).toBe('true')
    const again = await terminal({ kind: 'attach' })
    await again.type('echo was $name; exit 3\r')
    await again.until('was kept')
    expect(await again.ended()).toMatchObject({ exitCode: 3 })
  })

  test('attaches to a main process without one: lines are edited here, Ctrl-C is a signal', async () => {
    const program =
      'trap "echo interrupted >&2; exit 5" INT; while read line; do echo "<$line>"; done'
    const { terminal, ways } = await open(['--interactive'], ['sh', '-c', program])
    expect((await ways()).attach).toMatchObject({ tty: false, takesInput: true })
    const main = await terminal({ kind: 'attach' })
    await main.type('helo\u007flo\r')
    await main.until('helo\b \blo\r\n<hello>\r\n')
    await main.type('\u0003')
    await main.until('^C\r\n')
    await main.until('interrupted\r\n')
    expect(await main.ended()).toMatchObject({ exitCode: 5 })
  })

  test('attached where the standard input is closed, shows and takes nothing', async () => {
    const { api, terminal } = await open([], ['sh', '-c', 'while :; do echo tick; sleep 0.2; done'])
    const main = await terminal({ kind: 'attach' })
    await main.until('tick\r\n')
    await main.type('x\u0003')
    expect(await api.terminals.close({ terminalId: main.id })).toEqual({ goesOn: 'main-process' })
    expect(main.text()).not.toContain('^C')
  })

  describe('without a shell', () => {
    const shellless = `localhost/terminal-${randomUUID().slice(0, 8)}:1`

    async function openShellless(options: string[] = []) {
      await makeShelllessImage(engine, shellless)
      onTestFinished(async () => {
        await cli(['rmi', '--force', shellless])
      })
      return open(options, ['/sleep', '1000'], shellless)
    }

    test('says so, and a debug shell sees its processes, network, files and volumes', async () => {
      const { api, id, name, terminal, ways } = await openShellless([
        ...['--user', '4242', '--volume', '/data', '--ipc', 'shareable'],
      ])
      expect((await ways()).shells).toEqual([])
      await expect(terminal({ kind: 'exec' })).rejects.toMatchObject({
        code: 'not-found',
        data: { hint: expect.stringContaining('debug shell') as string },
      })
      await expect(terminal({ kind: 'debug', image: 'localhost/none:1' })).rejects.toMatchObject({
        code: 'not-found',
      })
      await expect(terminal({ kind: 'debug', image: shellless })).rejects.toMatchObject({
        code: 'invalid-input',
        message: 'This image has no shell either.',
      })
      expect(await sidecarsOf(id)).toBe('')

      const debug = await terminal({ kind: 'debug', image: bed.busybox, withVolumes: true })
      await debug.type('ps; ls /proc/1/root/sleep; ls -d /data; stty size\r')
      const text = await debug.until('24 80')
      expect(text).toMatch(/1 4242 +\/sleep 1000/)
      expect(text).toContain('\n/proc/1/root/sleep\r\n/data\r\n')
      await debug.type(
        'for n in net ipc; do for p in 1 self; do readlink /proc/$p/ns/$n; done; done | uniq -c\r',
      )
      await debug.until(/2 net:\S+\r\n +2 ipc:/)
      expect(await sidecarsOf(id)).not.toBe('')
      expect(await api.terminals.close({ terminalId: debug.id })).toEqual({ goesOn: 'nothing' })
      expect(await sidecarsOf(id)).toBe('')
      expect(await cli(['inspect', '--format', '{{.State.Running}}', name])).toBe('true')
    })

    test('a debug shell goes with its own end, with the container and with the app', async () => {
      const { client, api, engineId, id, name, terminal } = await openShellless()
      const debug = () => terminal({ kind: 'debug', image: bed.busybox })
      const listed = await api.containers.watch({ engineId })
      const left = await debug()
      await left.type('exit 4\r')
      expect(await left.ended()).toMatchObject({ image: bed.busybox, exitCode: 4 })
      expect(await sidecarsOf(id)).toBe('')

      const closed = await debug()
      await closed.until('#')
      const bereaved = await debug()
      await bereaved.until('#')
      for await (const message of listed) {
        if (message.kind !== 'snapshot') throw new Error('unreachable')
        expect(message.items.map((item) => item.id)).toContain(id)
        expect(message.items.filter(({ labels }) => 'longshore.debug' in labels)).toEqual([])
        break
      }
      await cli(['kill', name])
      await bereaved.ended()
      await closed.ended()
      expect(await sidecarsOf(id)).toBe('')

      await cli(['start', name])
      const last = await debug()
      await last.until('#')
      await client.close()
      expect(await sidecarsOf(id)).toBe('')
    })
  })

  test('a debug shell among the processes of the host is asked for twice', async () => {
    const { terminal, ways } = await open(['--pid', 'host'])
    expect((await ways()).hostProcesses).toBe(true)
    const way = { kind: 'debug', image: bed.busybox } as const
    await expect(terminal(way)).rejects.toMatchObject({
      code: 'confirmation-needed',
      data: { dangers: ['host-pid'] },
    })
    const debug = await terminal({ ...way, acceptedDangers: ['host-pid'] })
    await debug.until('#')
  })

  test('stops a program whose output nobody acknowledges, and loses none of it', async () => {
    const { api, engineId, id, terminal } = await open()
    const bytes = 2_400_000
    const flood = await terminal({
      kind: 'exec',
      command: ['sh', '-c', `read go; yes 0123456 | head -c ${bytes}; echo; echo end`],
    })
    const slow = await lookAt(api, engineId, flood.id, { acknowledges: false })
    await flood.leave()
    await slow.type('\r')
    await slow.until((text) => text.length > unacknowledged.most)
    // An unbounded sender would be far ahead after so many questions and answers.
    for (let asked = 0; asked < 10; asked++) {
      await api.terminals.ways({ engineId, containerId: id })
    }
    const most = unacknowledged.most + 3 * 64 * 1024
    expect(slow.text().length).toBeLessThan(most)
    await slow.acknowledgeAll()
    await slow.until((text) => text.endsWith('end\r\n'))
    // Each LF became CRLF on the way through the terminal.
    const numbers = slow.text().match(/0123456\r\n/g)
    expect(numbers).toHaveLength(bytes / 8)
  })

  test('a container that vanishes, stops or is paused', async () => {
    const { terminal, name } = await open()
    const shell = await terminal({ kind: 'exec' })
    await shell.until('#')
    await cli(['pause', name])
    await expect(terminal({ kind: 'exec' })).rejects.toMatchObject({
      code: 'conflict',
      message: 'The container is paused.',
    })
    await cli(['unpause', name])
    await cli(['rm', '--force', name])
    expect(await shell.ended()).toMatchObject({ problem: null })
    await expect(terminal({ kind: 'exec' })).rejects.toMatchObject({ code: 'not-found' })
    const { terminal: inStopped } = await open([], ['true'])
    for (const kind of ['exec', 'attach'] as const) {
      await expect(inStopped({ kind })).rejects.toMatchObject({
        code: 'conflict',
        message: 'The container does not run.',
      })
    }
  })
})
