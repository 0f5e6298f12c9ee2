import { Jobs } from '../../../main/jobs/jobs'
import { JobsFile } from '../../../main/jobs/jobsFile'

/**
 * Starts job after job, each of which ends when the next begins, but for the tenth ones, which run for
 * ever; tells each that began. Ends only by being killed.
 *
 * Argument: the file that keeps the jobs.
 */
const jobs = new Jobs(
  (request) => {
    const reference = request.kind === 'pull' ? request.reference : ''
    return {
      subject: reference,
      run: () => (reference.endsWith('0') ? new Promise<void>(() => {}) : Promise.resolve()),
    }
  },
  { file: new JobsFile(process.argv[2] ?? '') },
)
await jobs.loaded
for (let count = 0; ; count += 1) {
  const id = jobs.start({ kind: 'pull', engineId: 'e', reference: `image:${count}` })
  if (count % 10 !== 0) await jobs.ended(id)
  await jobs.kept()
  process.stdout.write(`${count}\n`)
}
