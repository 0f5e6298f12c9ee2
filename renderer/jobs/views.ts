import type { Component } from 'vue'
import type { JobKind, JobResult } from '../../preload/contract/jobRequest'
import ArchiveResult from '../archives/ArchiveResult.vue'
import BuildResult from '../builds/BuildResult.vue'
import BuildSteps from '../builds/BuildSteps.vue'
import WaitResult from '../containers/exits/WaitResult.vue'
import DownloadResult from '../files/DownloadResult.vue'
import PruneResult from '../images/prune/PruneResult.vue'
import PullResult from '../images/pull/PullResult.vue'
import PushResult from '../images/push/PushResult.vue'
import PruneVolumesResult from '../volumes/prune/PruneVolumesResult.vue'
import VolumeResult from '../volumes/VolumeResult.vue'

/** The linter knows the type of a .vue file only sometimes; vue-tsc always does. */
const view = (component: unknown) => component as Component

/** Kinds whose steps are more than layers that move: each view is given the `job`. */
export const stepViews: Readonly<Partial<Record<JobKind, Component>>> = {
  build: view(BuildSteps),
}

/** Kinds whose result has more to tell than a digest: each view is given the `result`. */
export const resultViews: Readonly<Partial<Record<JobResult['kind'], Component>>> = {
  backup: view(VolumeResult),
  build: view(BuildResult),
  clone: view(VolumeResult),
  commit: view(ArchiveResult),
  download: view(DownloadResult),
  export: view(ArchiveResult),
  import: view(ArchiveResult),
  load: view(ArchiveResult),
  prune: view(PruneResult),
  pruneVolumes: view(PruneVolumesResult),
  pull: view(PullResult),
  push: view(PushResult),
  restore: view(VolumeResult),
  save: view(ArchiveResult),
  saveLog: view(ArchiveResult),
  wait: view(WaitResult),
}
