import type { TopProcess } from '../../preload/contract/processes'
import { hasEveryWord } from '../search'

export interface ProcessLine {
  process: TopProcess
  /** How deep it stands below those that are shown, from 0. */
  depth: number
}

/** True if every word of the search is in a process's command, user or one of its ids. */
export function matchesSearch(process: TopProcess, search: string): boolean {
  const { command, user, pid, containerPid } = process
  const text = [command, user, pid, containerPid ?? ''].join('\n')
  return hasEveryWord(text, search)
}

/** Processes below those that started them; one whose parent is not shown stands at the left. */
export function processTree(processes: readonly TopProcess[]): ProcessLine[] {
  const shown = new Set(processes.map(({ pid }) => pid))
  const children = new Map<number, TopProcess[]>()
  for (const process of processes) {
    const { pid, parentPid } = process
    const parent = shown.has(parentPid) && parentPid !== pid ? parentPid : 0
    const siblings = children.get(parent)
    if (siblings) siblings.push(process)
    else children.set(parent, [process])
  }
  const lines: ProcessLine[] = []
  const add = (parent: number, depth: number) => {
    for (const process of children.get(parent) ?? []) {
      lines.push({ process, depth })
      add(process.pid, depth + 1)
    }
  }
  add(0, 0)
  return lines
}

const values = {
  tree: () => 0,
  cpu: ({ cpuPercent }: TopProcess) => -(cpuPercent ?? -1),
  memory: ({ residentBytes }: TopProcess) => -(residentBytes ?? -1),
} as const

export const processOrders = ['tree', 'cpu', 'memory'] as const
export type ProcessOrder = (typeof processOrders)[number]

/** What is shown, in this order: as a tree, or the greatest first. */
export function arrangeProcesses(
  processes: readonly TopProcess[],
  { search, order }: { search: string; order: ProcessOrder },
): ProcessLine[] {
  const found = processes.filter((process) => matchesSearch(process, search))
  if (order === 'tree') return processTree(found)
  const valueOf = values[order]
  return [...found]
    .sort((left, right) => valueOf(left) - valueOf(right) || left.pid - right.pid)
    .map((process) => ({ process, depth: 0 }))
}
