import { createReadStream, readFileSync } from 'node:fs'
import { jsonLines } from '../../../main/streams/jsonLines'
import { collect } from './collect'

const fixtureUrl = (name: string) => new URL(`fixtures/${name}`, import.meta.url)

/** A body recorded from a real engine; fixtures/README.md tells from which. */
export function fixture(name: string): Buffer {
  return readFileSync(fixtureUrl(name))
}

/** The JSON values of a recorded progress stream. */
export function fixtureMessages(name: string): Promise<unknown[]> {
  return collect(jsonLines(createReadStream(fixtureUrl(name))))
}
