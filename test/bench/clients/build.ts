import { join } from 'node:path'
import { buildPrograms } from '../../build'

const programs = ['app', 'idle', 'polling', 'preads', 'sampler', 'streams'] as const
export type Program = (typeof programs)[number]

/** Makes runnable files of the clients. */
export function buildClients(folder: string): Promise<void> {
  const sourceOf = (name: Program) => join(import.meta.dirname, `${name}.ts`)
  return buildPrograms(folder, Object.fromEntries(programs.map((name) => [name, sourceOf(name)])))
}
