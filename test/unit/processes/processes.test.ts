import { describe, expect, test } from 'vitest'
import { parseTop } from '../../../main/processes/engineTop'
import { parseStat } from '../../../main/processes/kernel'
import type { TopProcess } from '../../../preload/contract/processes'
import { arrangeProcesses, processTree } from '../../../renderer/processes/tree'

const process = (pid: number, parentPid: number, more: Partial<TopProcess> = {}): TopProcess => ({
  ...{ pid, parentPid, containerPid: null, user: '0', state: 'S', cpuPercent: null },
  ...{ residentBytes: null, startedAt: null, command: `p${pid}` },
  ...more,
})

describe('the tree of processes', () => {
  test('puts each below the one that started it; one whose parent is not shown stands at the left', () => {
    const lines = processTree([process(30, 20), process(10, 1), process(20, 10), process(40, 99)])
    expect(lines.map(({ process: { pid }, depth }) => [pid, depth])).toEqual([
      ...[
        [10, 0],
        [20, 1],
        [30, 2],
        [40, 0],
      ],
    ])
  })

  test('is searched by command, user and ids, and put in order by what is used', () => {
    const all = [
      process(1, 0, { cpuPercent: 1, command: 'nginx: master' }),
      process(2, 1, { cpuPercent: 90, command: 'nginx: worker' }),
      process(3, 1, { command: 'sh' }),
    ]
    const pids = (search: string, order: 'tree' | 'cpu') =>
      arrangeProcesses(all, { search, order }).map((line) => line.process.pid)
    expect(pids('NGINX', 'tree')).toEqual([1, 2])
    expect(pids('', 'cpu')).toEqual([2, 1, 3])
  })
})

describe('what is read', () => {
  test('the state and the start of a process whose name has spaces and parentheses', () => {
    const fields = ['T', ...Array.from({ length: 18 }, () => '0'), '250', '0']
    expect(parseStat(`12 (a) b) ${fields.join(' ')}`)).toEqual({ state: 'T', startMillis: 2_500 })
  })

  test("an engine's own top by its titles, whatever their order", () => {
    expect(
      parseTop({
        Titles: ['USER', 'PID', 'PPID', 'COMMAND'],
        Processes: [['root', '12', '1', 'sleep 5']],
      }),
    ).toMatchObject([{ pid: 12, parentPid: 1, user: 'root', command: 'sleep 5', cpuPercent: null }])
    expect(parseTop({ Titles: [], Processes: null })).toEqual([])
  })
})
