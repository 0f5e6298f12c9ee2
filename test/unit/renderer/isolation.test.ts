import { afterEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type {
  Isolation,
  Limit,
  LimitValue,
  Namespace,
  NamespaceKind,
} from '../../../preload/contract/isolation'
import IsolationTab from '../../../renderer/isolation/IsolationTab.vue'
import { arrangeLimits, fileText, sentenceOf } from '../../../renderer/isolation/limits'
import { arrangeCapabilities } from '../../../renderer/isolation/rights'
import { useWords } from '../../../renderer/words'
import { container } from './fixtures'
import { mountPage, type Answers, type Page } from './mountPage'

const { t } = useWords()
let page: Page | undefined
afterEach(() => {
  page?.unmount()
  page = undefined
  vi.useRealTimers()
})

const own = (kind: NamespaceKind, inode: number): Namespace => ({
  kind,
  inode,
  sharing: 'own',
  with: [],
})
const right = { permitted: true, bounding: true, inheritable: false, ambient: false } as const
const limit = (value: LimitValue, changes: Partial<Omit<Limit, 'kind'>> = {}): Limit => ({
  file: '/sys/fs/cgroup/a/x',
  raw: '',
  set: true,
  ancestor: null,
  ...changes,
  ...value,
})

function isolation(changes: Partial<Isolation> = {}): Isolation {
  return {
    kind: 'isolation',
    readAt: 0,
    kernelRelease: '6.18.0',
    hostPid: 4711,
    namespaces: [
      own('pid', 1),
      own('mnt', 2),
      { kind: 'net', inode: 3, sharing: 'container', with: [{ id: 'p', name: 'proxy' }] },
      own('uts', 4),
      own('ipc', 5),
      { kind: 'user', inode: 6, sharing: 'host', with: [] },
      own('cgroup', 7),
    ],
    hostNamespacesOf: 'process-1',
    namespacesFrom: 'kernel',
    cgroup: {
      version: 'v2',
      driver: 'systemd',
      places: [
        {
          version: 2,
          controllers: [],
          path: '/system.slice/web.scope',
          folder: '/sys/fs/cgroup/x',
        },
      ],
      limits: [
        limit({ kind: 'processes', count: 50 }),
        limit({ kind: 'cpu-quota', quotaMicros: 50_000, periodMicros: 100_000 }),
        limit({ kind: 'memory-high', bytes: null }, { set: false }),
      ],
    },
    capabilities: [
      { ...right, name: 'CAP_CHOWN', effective: true, usual: true },
      { ...right, name: 'CAP_SYS_ADMIN', effective: true, usual: false },
    ],
    security: {
      privileged: false,
      seccomp: 'filter',
      seccompFilters: 1,
      noNewPrivileges: false,
      label: null,
      rootReadOnly: false,
      maskedPaths: ['/proc/keys'],
      readOnlyPaths: [],
    },
    userMapping: {
      users: [{ inside: 0, outside: 100_000, count: 65_536 }],
      groups: [{ inside: 0, outside: 100_000, count: 65_536 }],
      identity: false,
      user: { inside: 0, outside: 100_000 },
      group: { inside: 0, outside: 100_000 },
    },
    processes: [
      {
        hostPid: 4711,
        containerPid: 1,
        parentHostPid: 1,
        user: { inside: 0, outside: 100_000 },
        command: '<b>nginx</b> -g',
        threads: 1,
        cpuMillis: 10,
        residentBytes: 2_048,
      },
    ],
    moreProcesses: 3,
    unreadable: [],
    ...changes,
  }
}

async function show(answer: Answers[string], changes: Parameters<typeof container>[1] = {}) {
  const props = { container: container('web', changes) }
  page = await mountPage(IsolationTab, { answers: { 'isolation.read': answer }, props })
  await page.settle()
  return page
}
const reads = () => page?.calls.filter(({ path }) => path === 'isolation.read').length

describe('the isolation of a container', () => {
  it('teaches what a container is, and shows both sides of it', async () => {
    const { text } = await show(() => isolation())
    for (const words of [
      'A container is an ordinary process that the kernel shows less (namespaces)',
      'It sees only its own processes and counts them from 1.',
      'May use half a core: 50 ms of every 100 ms.',
      'May have 50 processes and threads',
      '/system.slice/web.scope',
      'On the machine this is user 100000, who is nobody special',
      'System calls are filtered (seccomp).',
      'Hidden from it: /proc/keys.',
      'it calls itself 1',
      'the machine calls it 4711',
      '3 more are not shown.',
    ]) {
      expect(text()).toContain(words)
    }
    expect(document.querySelector('b')).toBeNull()
    const row = [...document.querySelectorAll('tbody tr')].at(-1)
    const cells = [...(row?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent.trim())
    expect(cells.slice(0, 4)).toEqual(['1', '4711', '0 → 100000', '<b>nginx</b> -g'])
  })

  it('leads to the container with which a namespace is shared', async () => {
    await show(() => isolation())
    const link = [...document.querySelectorAll('a')].find((each) => each.textContent === 'proxy')
    expect(link?.getAttribute('href')).toContain('/containers/p')
  })

  it('warns of what is strong, with a word and not by colour alone', async () => {
    const { text } = await show(() =>
      isolation({
        security: {
          privileged: true,
          seccomp: 'off',
          seccompFilters: 0,
          noNewPrivileges: false,
          label: null,
          rootReadOnly: false,
          maskedPaths: [],
          readOnlyPaths: [],
        },
      }),
    )
    expect(text()).toContain('it can take over this machine')
    expect(text()).toContain('strong:')
    expect(text()).toContain('System calls are not filtered')
    expect(text()).toContain('Nothing in /proc and /sys is hidden from it.')
  })

  it('shows what the engine tells where the kernel tells nothing, and says so', async () => {
    const { text } = await show(() =>
      isolation({
        namespacesFrom: 'engine',
        hostNamespacesOf: null,
        namespaces: [{ kind: 'pid', inode: null, sharing: 'unknown', with: [] }],
        capabilities: null,
        security: null,
        userMapping: null,
        cgroup: null,
        processes: [],
        moreProcesses: 0,
        unreadable: [
          { part: 'namespaces', reason: 'permission', message: 'EACCES' },
          { part: 'cgroup', reason: 'missing', message: 'ENOENT' },
          { part: 'cgroup', reason: 'missing', message: 'ENOENT' },
        ],
      }),
    )
    expect(text()).toContain('Namespaces: this user may not')
    expect(text().split('Cgroups: not there, or gone')).toHaveLength(2)
    expect(text()).toContain('As the engine was asked')
    expect(text()).toContain('It has no cgroup of its own')
    expect(text()).not.toContain('What it may do')
  })

  it('explains why a container of another kernel cannot be looked at', async () => {
    const { text } = await show(() => ({ kind: 'elsewhere', reason: 'other-kernel' }))
    expect(text()).toContain('on another machine or in a virtual one')
  })

  it('asks nothing about a container that does not run, and says why', async () => {
    const { text } = await show(() => isolation(), { state: 'exited', exitCode: 0 })
    expect(text()).toContain('Nothing to see while it does not run')
    expect(reads()).toBe(0)
  })

  it('says what failed, and shows it once it can be read again', async () => {
    let fails = true
    const { text, settle } = await show(() => {
      if (fails) throw new Error('The kernel made reading about this container wait.')
      return isolation()
    })
    expect(text()).toContain('The kernel made reading about this container wait.')
    fails = false
    document.querySelector<HTMLButtonElement>('button[aria-label="Read again"]')?.click()
    await settle()
    expect(text()).toContain('What it sees')
    expect(document.querySelector('[role=alert]')).toBeNull()
  })

  it('reads again every few seconds while it is looked at, and never after', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    await show(() => isolation())
    expect(reads()).toBe(1)
    vi.advanceTimersByTime(5_000)
    await nextTick()
    expect(reads()).toBe(2)
    page?.unmount()
    vi.advanceTimersByTime(20_000)
    expect(reads()).toBe(2)
  })
})

describe('a limit', () => {
  const say = (value: LimitValue, set = true) => sentenceOf({ ...value, set }, t)

  it('is told in a sentence', () => {
    expect(say({ kind: 'cpu-quota', quotaMicros: 150_000, periodMicros: 100_000 })).toBe(
      'May use 1.5 cores: 150 ms of every 100 ms.',
    )
    expect(say({ kind: 'cpu-quota', quotaMicros: 12_500, periodMicros: 12_500 })).toBe(
      'May use 1 core: 12.5 ms of every 12.5 ms.',
    )
    expect(say({ kind: 'cpu-weight', weight: 512, usual: 1_024 })).toContain('0.5 times')
    expect(say({ kind: 'memory-max', bytes: 64 * 1024 ** 2 })).toContain('May use 64 MiB.')
    expect(say({ kind: 'swap-max', bytes: 0 })).toContain('May not swap')
    expect(say({ kind: 'cpus', list: '0-3' })).toBe('May run on CPU 0-3 only.')
    expect(
      say({
        kind: 'io-rate',
        device: '8:0',
        deviceName: 'sda',
        direction: 'read',
        unit: 'bytes',
        perSecond: 2 * 1024 ** 2,
      }),
    ).toBe('May read 2 MiB a second from sda.')
  })

  it('that is none says so', () => {
    expect(say({ kind: 'processes', count: null }, false)).toBe('No limit.')
    expect(say({ kind: 'memory-low', bytes: 0 }, false)).toBe('No limit.')
    expect(say({ kind: 'cpus', list: '0-7' }, false)).toBe('All of them.')
    expect(say({ kind: 'io-weight', weight: 100, usual: 100 }, false)).toBe('As usual.')
  })

  it('stands before those that do not restrain, CPU first', () => {
    const { set, unset } = arrangeLimits(isolation().cgroup?.limits ?? [])
    expect(set.map(({ kind }) => kind)).toEqual(['cpu-quota', 'processes'])
    expect(unset.map(({ kind }) => kind)).toEqual(['memory-high'])
  })

  it('names its file, and its text where that is short', () => {
    const raw = { file: '/sys/fs/cgroup/a/pids.max', raw: '50' }
    expect(fileText(limit({ kind: 'processes', count: 50 }, raw))).toBe('pids.max = 50')
    const rules = { file: '/a/devices.list', raw: 'c 1:3 rwm\nc 1:5 rwm' }
    expect(fileText(limit({ kind: 'devices', rules: [] }, rules))).toBe('devices.list')
  })
})

describe('capabilities', () => {
  it('are told apart by what the engine usually gives', () => {
    const none = { effective: false, permitted: false, bounding: false }
    const { held, gainable, added, dropped, kept } = arrangeCapabilities([
      { ...right, name: 'CAP_KILL', effective: true, usual: true },
      { ...right, name: 'CAP_BPF', effective: false, permitted: false, usual: false },
      { ...right, ...none, name: 'CAP_CHOWN', usual: true },
    ])
    const names = [held, gainable, added, dropped, kept].map((list) =>
      list.map(({ name }) => name).join(),
    )
    expect(names).toEqual(['CAP_KILL', 'CAP_BPF', 'CAP_BPF', 'CAP_CHOWN', 'CAP_KILL'])
  })
})
