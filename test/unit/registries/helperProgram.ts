import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A real credential helper, as a shell would find it: keeps its entries in a JSON file of the folder
 * and writes down each call. Speaks as docker-credential-helpers does.
 */
const source = (recordsFile: string, callsFile: string) => `#!${process.execPath}
const fs = require('node:fs')
const input = fs.readFileSync(0, 'utf8')
const action = process.argv[2]
fs.appendFileSync(${JSON.stringify(callsFile)}, JSON.stringify([action, input]) + '\\n')
const records = JSON.parse(fs.readFileSync(${JSON.stringify(recordsFile)}, 'utf8'))
const save = () => fs.writeFileSync(${JSON.stringify(recordsFile)}, JSON.stringify(records))
const fail = (words) => { process.stdout.write(words); process.exit(1) }
if (action === 'store') {
  const { ServerURL, Username, Secret } = JSON.parse(input)
  records[ServerURL] = { Username, Secret }
  save()
} else if (action === 'list') {
  const entries = Object.entries(records).map(([url, { Username }]) => [url, Username])
  process.stdout.write(JSON.stringify(Object.fromEntries(entries)))
} else if (!(input in records)) {
  fail('credentials not found in native keychain\\n')
} else if (action === 'get') {
  process.stdout.write(JSON.stringify({ ServerURL: input, ...records[input] }))
} else {
  delete records[input]
  save()
}
`

export type HelperRecords = Record<string, { Username: string; Secret: string }>

export function installHelper(folder: string, name: string, records: HelperRecords = {}) {
  const recordsFile = join(folder, `${name}.json`)
  const callsFile = join(folder, `${name}.calls`)
  writeFileSync(recordsFile, JSON.stringify(records))
  installScript(folder, name, source(recordsFile, callsFile))
  return {
    records: () => JSON.parse(readFileSync(recordsFile, 'utf8')) as HelperRecords,
    /** The action and the input of each call so far. */
    calls: (): [action: string, input: string][] =>
      !existsSync(callsFile)
        ? []
        : readFileSync(callsFile, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as [string, string]),
  }
}

/** A helper that does what the script says. */
export function installScript(folder: string, name: string, script: string): void {
  const program = join(folder, `docker-credential-${name}`)
  writeFileSync(program, script)
  chmodSync(program, 0o755)
}
