import type { ArchiveFacts } from '../../preload/contract/archives'
import type { JobContext } from '../jobs/jobs'
import { followBytes } from './byteProgress'
import { readArchive } from './inspect'
import type { Source } from './source'

/** Looks into a file before an engine gets it, and tells how far that is: a large one takes a while. */
export async function readForJob(source: Source, context: JobContext): Promise<ArchiveFacts> {
  const progress = followBytes(context, source.bytes)
  try {
    return await readArchive(source, progress.add, context.signal)
  } finally {
    progress.end()
  }
}
