import { z } from 'zod'
import type { TopProcess } from '../../preload/contract/processes'
import { getJson } from '../engines/getJson'
import type { EngineLink } from '../engines/handshake'

const top = z.object({
  Titles: z.array(z.string()),
  Processes: z.array(z.array(z.string())).nullish(),
})

/** What an engine's own `top` tells, by the titles that it gives: less than the kernel does. */
export async function askEngineTop(
  { client }: EngineLink,
  id: string,
  signal?: AbortSignal,
): Promise<TopProcess[]> {
  return parseTop(await getJson(client, `/containers/${id}/top`, { signal }))
}

/** Docker's titles are those of `ps -ef`, Podman's alike. */
export function parseTop(raw: unknown): TopProcess[] {
  const { Titles, Processes } = top.parse(raw)
  const index = new Map(Titles.map((title, at) => [title.toUpperCase(), at]))
  return (Processes ?? []).map((row) => {
    const cell = (...names: string[]) => {
      const at = names.map((name) => index.get(name)).find((found) => found !== undefined)
      return at === undefined ? '' : (row[at] ?? '')
    }
    return {
      pid: Number(cell('PID')) || 0,
      containerPid: null,
      parentPid: Number(cell('PPID')) || 0,
      user: cell('UID', 'USER'),
      state: cell('STAT', 'S'),
      cpuPercent: null,
      residentBytes: null,
      startedAt: null,
      command: cell('CMD', 'COMMAND', 'ARGS'),
    }
  })
}
