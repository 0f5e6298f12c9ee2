import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type { Machine } from './machine'

const PAGE = resolve('docs/benchmarks.md')
const DATA = resolve('docs/benchmarks.json')
const RESULTS = resolve('test-results')

export interface Results {
  machine: Machine
  /** For docs/benchmarks.md, as Markdown. */
  tables: string
  [measured: string]: unknown
}

/**
 * Writes one part of the benchmarks: with the time in its name to test-results, and as the present state
 * to docs/benchmarks.json and between `<!-- name -->` and `<!-- /name -->` of docs/benchmarks.md.
 */
export async function writeResults(name: string, { tables, ...data }: Results): Promise<void> {
  const at = new Date().toISOString()
  const result = { at, ...data }
  mkdirSync(RESULTS, { recursive: true })
  const file = join(RESULTS, `bench-${name}-${at.replaceAll(':', '-')}.json`)
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)
  await writeFormatted(DATA, JSON.stringify({ ...parse(readOr(DATA, '{}')), [name]: result }))
  const page = readOr(PAGE, `<!-- ${name} --><!-- /${name} -->`)
  const [before, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [page.indexOf(before), page.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`${PAGE} has no place for ${name}.`)
  const head = page.slice(0, from + before.length)
  const text = `${describe(data.machine, at)}\n\n${tables}`
  await writeFormatted(PAGE, `${head}\n\n${text}\n\n${page.slice(to)}`)
  console.log(text)
}

/** A Markdown table; the first column is text, the others are figures. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}

/** Three significant digits; `–` for what is not known. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–'
  if (Math.abs(value) >= 100) return value.toFixed(0)
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2)
}

function describe(machine: Machine, at: string): string {
  const { cpu, cores, memoryBytes, kernel, node, programs, loadBefore } = machine
  const memory = `${(memoryBytes / 2 ** 30).toFixed(0)} GiB`
  const versions = Object.entries(programs)
    .filter(([, version]) => version !== null)
    .map(([program, version]) => `${basename(program)}: ${version}`)
  const parts = [`${cores} × ${cpu}`, memory, `Linux ${kernel}`, `Node ${node}`, ...versions]
  return `Measured on ${at.slice(0, 10)}: ${parts.join(', ')}; load before: ${loadBefore.toFixed(2)}.`
}

function parse(text: string): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return otherwise
  }
}

async function writeFormatted(path: string, text: string): Promise<void> {
  const options = await resolveConfig(path)
  writeFileSync(path, await format(text, { ...options, filepath: path }))
}
