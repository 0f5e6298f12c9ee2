import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { engineCli, type EngineFacts } from './bed'

const execute = promisify(execFile)

export interface ToldUsage {
  count: number
  active: number
  /** As it is printed: `1.984MB`, `12B`. */
  size: string
  /** Without the share in brackets. */
  reclaimable: string
}

/** What the engine's own command line says of its disk: `Images`, `Containers`, `Local Volumes`, `Build Cache`. */
export async function toldByCli(engine: EngineFacts): Promise<Map<string, ToldUsage>> {
  const total = engine.kind === 'docker' ? 'TotalCount' : 'Total'
  const columns = ['Type', total, 'Active', 'Size', 'Reclaimable'].map((name) => `{{.${name}}}`)
  const args = ['system', 'df', '--format', columns.join('|')]
  const text = engine.kind === 'docker' ? await engineCli(engine)(args) : await podman(engine, args)
  return new Map(
    text
      .trim()
      .split('\n')
      .map((line) => {
        const [type = '', count = '', active = '', size = '', reclaimable = ''] = line.split('|')
        const share = / \(.*\)$/
        return [
          type,
          {
            ...{ count: Number(count), active: Number(active), size },
            reclaimable: reclaimable.replace(share, ''),
          },
        ]
      }),
  )
}

async function podman({ socket }: EngineFacts, args: string[]): Promise<string> {
  const { stdout } = await execute('podman', ['--remote', '--url', `unix://${socket}`, ...args], {
    timeout: 60_000,
  })
  return stdout
}

/** Bytes as go-units' `HumanSize` writes them: four digits and powers of 1000, which both command lines use. */
export function humanSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  let [size, power] = [bytes, 0]
  while (size >= 1000 && power < units.length - 1) {
    size /= 1000
    power += 1
  }
  return `${Number(size.toPrecision(4))}${units[power] ?? ''}`
}
