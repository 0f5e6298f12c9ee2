import {
  ArchiveRestore,
  ArrowDownToLine,
  ArrowUpFromLine,
  BrushCleaning,
  CircleAlert,
  CircleCheck,
  CircleSlash,
  Copy,
  CopyPlus,
  DatabaseBackup,
  Download,
  FileInput,
  FileOutput,
  FlaskConical,
  FolderInput,
  FolderOutput,
  Hammer,
  Hourglass,
  LoaderCircle,
  PackagePlus,
  ScrollText,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { JobKind } from '../../preload/contract/jobRequest'
import type { Job } from '../../preload/contract/jobs'
import type { Tone } from '../ui/tones'

/** How each state of a job looks; the word goes with it. */
export const stateLooks: Readonly<Record<Job['state'], { tone: Tone; icon: Component }>> = {
  running: { tone: 'busy', icon: LoaderCircle },
  succeeded: { tone: 'good', icon: CircleCheck },
  failed: { tone: 'bad', icon: CircleAlert },
  cancelled: { tone: 'off', icon: CircleSlash },
}

export const kindIcons: Readonly<Record<JobKind, Component>> = {
  backup: DatabaseBackup,
  clone: CopyPlus,
  pruneVolumes: BrushCleaning,
  restore: ArchiveRestore,
  build: Hammer,
  commit: PackagePlus,
  copy: Copy,
  wait: Hourglass,
  download: Download,
  export: FolderOutput,
  import: FolderInput,
  load: FileInput,
  pull: ArrowDownToLine,
  push: ArrowUpFromLine,
  save: FileOutput,
  saveLog: ScrollText,
  prune: BrushCleaning,
  samples: FlaskConical,
}

export function isJobKind(name: string): name is JobKind {
  return Object.hasOwn(kindIcons, name)
}
