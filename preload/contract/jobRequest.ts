import { z } from 'zod'
import {
  exportRequest,
  exportResult,
  importRequest,
  importResult,
  loadRequest,
  loadResult,
  saveRequest,
  saveResult,
} from './archives'
import { buildRequest, buildResult } from './builds'
import { commitRequest, commitResult } from './commit'
import { copyRequest } from './copies'
import { waitRequest, waitResult } from './exits'
import { downloadRequest, downloadResult } from './files'
import { pullRequest, pullResult, pushRequest, pushResult } from './images'
import { saveLogRequest, saveLogResult } from './logs'
import { pruneRequest, pruneResult } from './prune'
import { samplesRequest } from './samples'
import {
  backupRequest,
  backupResult,
  cloneRequest,
  cloneResult,
  pruneVolumesRequest,
  pruneVolumesResult,
  restoreRequest,
  restoreResult,
} from './volumes'

/**
 * What a job was asked to do, told apart by `kind`: enough to do the same again, also after a restart
 * of the app. Each feature declares its own.
 */
export const jobRequest = z.discriminatedUnion('kind', [
  backupRequest,
  buildRequest,
  cloneRequest,
  commitRequest,
  copyRequest,
  downloadRequest,
  exportRequest,
  importRequest,
  loadRequest,
  pruneRequest,
  pruneVolumesRequest,
  pullRequest,
  pushRequest,
  restoreRequest,
  saveLogRequest,
  saveRequest,
  samplesRequest,
  waitRequest,
])
export type JobRequest = z.infer<typeof jobRequest>

export type JobKind = JobRequest['kind']

/** The request of each kind. */
export type JobRequests = { [Kind in JobKind]: Extract<JobRequest, { kind: Kind }> }

/** What came of a job that succeeded, for kinds that have more to tell than that it is done. */
export const jobResult = z.discriminatedUnion('kind', [
  backupResult,
  buildResult,
  downloadResult,
  cloneResult,
  commitResult,
  exportResult,
  importResult,
  loadResult,
  pruneResult,
  pruneVolumesResult,
  pullResult,
  pushResult,
  restoreResult,
  saveLogResult,
  saveResult,
  waitResult,
])
export type JobResult = z.infer<typeof jobResult>
