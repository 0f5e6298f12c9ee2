import { describe, expect, test } from 'vitest'
import { createBuildxLines } from '../../../main/builds/buildxLines'
import { createBuildSteps } from '../../../main/builds/steps'

/** What the lines come to, at a clock that stands still. */
function read(text: string) {
  const steps = createBuildSteps(() => 100_000)
  const lines = createBuildxLines(steps)
  for (const line of text.split('\n')) lines.apply(line)
  return { steps, lines, phases: steps.list().map(({ id, phase }) => `${id} ${phase}`) }
}

/** Recorded in https://github.com/moby/buildkit/issues/1456 (terminal 1). */
const LOST_ERROR = `#1 [internal] load .dockerignore
#1 transferring context: 2B done
#1 DONE 0.0s

#2 [internal] load build definition from Dockerfile
#2 transferring dockerfile: 104B done
#2 DONE 0.1s

#3 [internal] load metadata for docker.io/library/busybox:latest
#3 DONE 0.4s

#4 [1/4] FROM docker.io/library/busybox@sha256:a8cf7ff6367c2afa2a90acd081b4...
#4 CACHED

#6 [internal] load build context
#6 transferring context: 98B done
#6 DONE 0.1s

#5 [2/4] RUN echo start
#5 0.245 start
#5 DONE 0.3s
failed to solve with frontend dockerfile.v0: failed to build LLB: executor failed running [/bin/sh -c idontexist]: runc did not terminate sucessfully`

/**
 * Out of https://github.com/docker/buildx/issues/293, without the times of day; the first line, which the
 * quoted part lacks, is made up.
 */
const STAGES = `#11 [internal] load build context
#11 transferring context: 195.08kB 0.0s done
#11 DONE 0.0s

#12 [prep 2/3] COPY . /src
#12 CACHED

#13 [prep 3/3] RUN mkdir ./proj && cd ./src &&   find . -type f -a ( -iname ...
#13 CACHED

#14 [build 2/4] COPY --from=prep ./proj .
#14 CACHED`

/** What buildctl printed in August 2022 in a public log of a Gitpod image build; words and lines are left out. */
const FAILED = `#5 [2/3] RUN bash -cl "rustup toolchain install stable && rustup target add wasm32-unknown-unknown"
#5 0.382 info: syncing channel updates for 'stable-x86_64-unknown-linux-gnu'
#5 0.628 info: latest update on 2022-08-11, rust version 1.63.0 (4b91a6ea7 2022-08-08)
#5 3.340 info: rolling back changes
#5 3.345 error: could not rename component file: Invalid cross-device link (os error 18)
#5 ERROR: process "/bin/sh -c bash -cl \\"rustup toolchain install stable\\"" did not complete successfully: exit code: 1
------
 > [2/3] RUN bash -cl "rustup toolchain install stable && rustup target add wasm32-unknown-unknown":
#5 3.340 info: rolling back changes
#5 3.345 error: could not rename component file: Invalid cross-device link (os error 18)
------
.gitpod.Dockerfile:3
--------------------
   3 | >>> RUN bash -cl "rustup toolchain install stable && rustup target add wasm32-unknown-unknown"
--------------------
error: failed to solve: process "/bin/sh -c bash -cl \\"rustup toolchain install stable\\"" did not complete successfully: exit code: 1`

describe('the plain progress of buildx', () => {
  test('tells each step, how it ended and how long it took', () => {
    const { steps, phases } = read(LOST_ERROR)
    expect(phases).toEqual(['#1 done', '#2 done', '#3 done', '1/4 cached', '#6 done', '2/4 done'])
    const run = steps.list().find(({ id }) => id === '2/4')
    expect(run).toMatchObject({ status: 'RUN echo start', startedAt: 99_700, endedAt: 100_000 })
    expect(steps.lastOutput('2/4')).toEqual(['start'])
  })

  test('may end without saying which step failed: then its last word is the reason', () => {
    const { lines } = read(LOST_ERROR)
    expect(lines.failed()).toBeNull()
    expect(lines.lastWord()).toMatch(
      /^failed to solve with frontend dockerfile\.v0: failed to build LLB/,
    )
  })

  test('calls steps by their stage and number', () => {
    expect(read(STAGES).phases).toEqual([
      '#11 done',
      'prep 2/3 cached',
      'prep 3/3 cached',
      'build 2/4 cached',
    ])
  })

  test('tells the failing step with what its command printed, once', () => {
    const { steps, lines, phases } = read(FAILED)
    expect(phases).toEqual(['2/3 failed'])
    expect(lines.failed()?.id).toBe('2/3')
    expect(lines.failed()?.words).toMatch(/did not complete successfully: exit code: 1$/)
    expect(steps.lastOutput('2/3')).toEqual([
      "info: syncing channel updates for 'stable-x86_64-unknown-linux-gnu'",
      'info: latest update on 2022-08-11, rust version 1.63.0 (4b91a6ea7 2022-08-08)',
      'info: rolling back changes',
      'error: could not rename component file: Invalid cross-device link (os error 18)',
    ])
  })

  test('goes back and forth between steps that run at once (printer.go: "#7 ...", then the name again)', () => {
    const { steps, phases } = read(`#7 [one 2/2] RUN one
#7 0.100 one
#7 ...

#8 [two 2/2] RUN two
#8 0.100 two
#8 CANCELED

#7 [one 2/2] RUN one
#7 0.200 one more
#7 DONE 0.3s`)
    expect(phases).toEqual(['one 2/2 done', 'two 2/2 failed'])
    expect(steps.lastOutput('one 2/2')).toEqual(['one', 'one more'])
  })
})
