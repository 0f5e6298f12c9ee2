import type { JobKind } from '../../preload/contract/jobRequest'
import { say } from '../../preload/contract/say'

/** What each kind of job is called where its end is told. */
const kindWords: Record<JobKind, () => string> = {
  backup: () => say`Backup`,
  build: () => say`Build`,
  clone: () => say`Clone`,
  commit: () => say`Commit`,
  copy: () => say`Copy`,
  download: () => say`Download`,
  export: () => say`Export`,
  import: () => say`Import`,
  load: () => say`Load`,
  prune: () => say`Prune`,
  pruneVolumes: () => say`Prune volumes`,
  pull: () => say`Pull`,
  push: () => say`Push`,
  restore: () => say`Restore`,
  save: () => say`Save`,
  saveLog: () => say`Save log`,
  samples: () => say`Samples`,
  wait: () => say`Wait`,
}

/** `Pull done` */
export function endedWords(kind: JobKind, succeeded: boolean): string {
  const name = kindWords[kind]()
  return succeeded ? say`${name} done` : say`${name} failed`
}
