import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { builderOf } from '../../../main/builds/builder'
import { buildWithBuildx, buildxArguments } from '../../../main/builds/buildxBuild'
import { createBuildSteps } from '../../../main/builds/steps'
import { buildFolder, buildForm } from '../../buildFolder'
import { waitFor } from '../../bed/waiting'

// buildx cannot be had on this machine: a program of its name on the PATH stands in for it. It tells
// what it was called with, prints what `buildxLines.test.ts` has from public recordings, and ends.

const HOST = 'unix:///run/longshore/docker.sock'
const IMAGE_ID = `sha256:${'a'.repeat(64)}`

/** Puts a `docker` in front of the PATH for one test; gives what it was called with. */
async function standIn(script: string) {
  const folder = await mkdtemp(join(tmpdir(), 'longshore-buildx-'))
  const path = process.env['PATH']
  process.env['PATH'] = [folder, path].join(delimiter)
  onTestFinished(async () => {
    process.env['PATH'] = path
    await rm(folder, { recursive: true, force: true })
  })
  await writeFile(
    join(folder, 'docker'),
    `#!/bin/sh
here="$(dirname "$0")"
printf '%s\\n' "$@" >"$here/arguments"
printf '%s' "$DOCKER_HOST" >"$here/host"
while [ $# -gt 0 ]; do [ "$1" = --iidfile ] && iidfile="$2"; shift; done
${script}
`,
  )
  await chmod(join(folder, 'docker'), 0o755)
  return {
    command: join(folder, 'docker'),
    read: (name: string) => readFile(join(folder, name), 'utf8'),
  }
}

async function build(command: string, signal = new AbortController().signal) {
  const folder = await buildFolder({ Dockerfile: 'FROM scratch\nCOPY . /\n' })
  const steps = createBuildSteps()
  const request = {
    kind: 'build' as const,
    engineId: 'e1',
    ...buildForm(folder, { tags: ['a:1'] }),
  }
  const buildx = { command, version: '0.12.1' }
  return { steps, folder, ended: buildWithBuildx(buildx, HOST, request, steps, signal) }
}

describe('a build through buildx', () => {
  test('runs the command on the socket of the engine, and gives the id that it wrote', async () => {
    const { command, read } = await standIn(`echo '#1 [1/1] COPY . /' >&2
echo '#1 DONE 0.1s' >&2
printf ${IMAGE_ID} >"$iidfile"`)
    const { ended, steps, folder } = await build(command)
    expect(await ended).toBe(IMAGE_ID)
    expect(steps.list()).toMatchObject([{ id: '1/1', status: 'COPY . /', phase: 'done' }])
    expect(await read('host')).toBe(HOST)
    const args = (await read('arguments')).trimEnd().split('\n')
    expect(args.slice(0, 2)).toEqual(['buildx', 'build'])
    expect(args.slice(-2)).toEqual(['--', folder])
    expect(args).toContain(join(folder, 'Dockerfile'))
  })

  test('fails with the step and its last lines where the command fails', async () => {
    const { command } = await standIn(`cat >&2 <<'END'
#5 [2/3] RUN make
#5 0.382 compiling
#5 0.628 no rule
#5 ERROR: process "/bin/sh -c make" did not complete successfully: exit code: 2
------
 > [2/3] RUN make:
0.628 no rule
------
ERROR: failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 2
END
exit 1`)
    const { ended } = await build(command)
    await expect(ended).rejects.toMatchObject({
      message: 'The build failed at: RUN make',
      engineMessage:
        'compiling\nno rule\nprocess "/bin/sh -c make" did not complete successfully: exit code: 2',
    })
  })

  test('fails with the last word where the command ends before any step', async () => {
    const { command } = await standIn(`echo 'ERROR: failed to connect to the daemon' >&2; exit 1`)
    const { ended } = await build(command)
    await expect(ended).rejects.toMatchObject({ engineMessage: 'failed to connect to the daemon' })
  })

  test('that is cancelled is interrupted, and ends when the command has ended', async () => {
    const { command, read } = await standIn(`trap 'echo yes >"$here/interrupted"; exit 130' INT
echo '#1 [1/1] RUN sleep' >&2
while :; do sleep 0.05; done`)
    const abort = new AbortController()
    const { ended, steps } = await build(command, abort.signal)
    await waitFor('the step to begin', () => steps.list().length > 0)
    abort.abort()
    await expect(ended).rejects.toMatchObject({ name: 'AbortError' })
    expect(await read('interrupted')).toBe('yes\n')
  })

  test('takes no value for an option', () => {
    const form = buildForm('/folder', {
      arguments: [{ name: 'A', value: '--push' }],
      tags: ['a:1'],
    })
    const args = buildxArguments({ ...form, target: 'one', platform: 'linux/arm64' }, '/id')
    expect(args[args.indexOf('--build-arg') + 1]).toBe('A=--push')
    expect(args[args.indexOf('--target') + 1]).toBe('one')
    expect(() => buildxArguments({ ...form, target: '--push' }, '/id')).toThrow(/must not begin/)
    expect(() => buildxArguments({ ...form, tags: ['-t'] }, '/id')).toThrow(/must not begin/)
  })
})

describe('the builder', () => {
  const connection = (hasBuildKit: boolean, protocol: 'unix' | 'tcp') =>
    ({
      endpoint:
        protocol === 'unix'
          ? { protocol, path: '/run/longshore/docker.sock' }
          : { protocol, host: 'far', port: 2375, tls: null },
      link: {
        dialect: { builds: { hasBuildKit, builder: hasBuildKit ? 'classic' : 'podman' } },
        facts: { version: '20.10.24' },
      },
    }) as const

  test('is buildx on a local Docker engine where the command answers, and on no other', async () => {
    await standIn(`echo 'github.com/docker/buildx v0.12.1 30feaa1'`)
    expect(await builderOf(connection(true, 'unix'))).toMatchObject({
      name: 'buildx',
      version: '0.12.1',
    })
    expect(await builderOf(connection(true, 'tcp'))).toMatchObject({
      name: 'classic',
      version: '20.10.24',
    })
    expect(await builderOf(connection(false, 'unix'))).toMatchObject({ name: 'podman' })
  })

  test("is the engine's own where docker has no buildx", async () => {
    await standIn(`echo "docker: 'buildx' is not a docker command." >&2; exit 1`)
    expect(await builderOf(connection(true, 'unix'))).toMatchObject({
      name: 'classic',
      buildx: null,
    })
  })
})
