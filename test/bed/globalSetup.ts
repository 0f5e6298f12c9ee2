import type {} from 'vitest'
import type { TestProject } from 'vitest/node'
import { factsOf, startBed, type BedFacts } from './index'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The bed that all tests of the project share: `inject('bed')`. */
    bed: BedFacts
  }
}

/** Starts the bed once for a vitest project and returns its end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const bed = await startBed()
  project.provide('bed', factsOf(bed))
  return () => bed.stop()
}
