import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, inject, test } from 'vitest'
import { endOf, newImage, newImageName, openOn, untilImage, called } from '../images'
import { putImage, putIndex } from '../registryContent'

const bed = inject('bed')
const { open, authenticated } = bed.registries

/** What skopeo, which knows nothing of us, finds: the digest and the raw manifest. */
async function found(reference: string): Promise<{ digest: string; raw: string }> {
  const skopeo = async (...args: string[]) => {
    const login = reference.startsWith(authenticated.host)
      ? ['--creds', `${authenticated.user}:${authenticated.password}`]
      : []
    const all = ['inspect', '--tls-verify=false', ...login, ...args, `docker://${reference}`]
    return (await promisify(execFile)('skopeo', all)).stdout
  }
  const raw = await skopeo('--raw')
  const { stdout } = await promisify(execFile)('sh', ['-c', 'printf %s "$0" | sha256sum', raw])
  return { digest: `sha256:${stdout.slice(0, 64)}`, raw }
}

/** The app without an engine's part in it, logged in to the registry with a password. */
async function app() {
  const opened = await openOn(bed.docker)
  const { host, user: username, password } = authenticated
  await opened.api.registries.logIn({ host, username, password })
  return opened
}

const copied = async (
  { client, api }: Awaited<ReturnType<typeof app>>,
  from: string,
  to: string,
  platform?: string,
) => {
  const { jobId } = await api.copies.start({ from, to, ...(platform && { platform }) })
  return endOf(client, jobId)
}

describe('a copy between registries', () => {
  test('has the same digest, byte by byte, with every platform and no engine', async () => {
    const here = await app()
    const repository = newImageName()
    await putIndex(open.host, repository, '1', ['linux/amd64', 'linux/arm64/v8'])
    const [from, to] = [
      `${open.host}/${repository}:1`,
      `${authenticated.host}/team/${repository}:2`,
    ]
    const job = await copied(here, from, to)
    expect(job).toMatchObject({ state: 'succeeded', problem: null })
    const [source, target] = [await found(from), await found(to)]
    expect(target.raw).toBe(source.raw)
    expect(job.digest).toBe(target.digest)
    // Two configurations and two layers, all of them new there.
    expect(job.steps.map(({ phase }) => phase)).toEqual(['done', 'done', 'done', 'done'])
    expect(job.currentBytes).toBe(job.totalBytes)
  })

  test('of one platform is that image alone', async () => {
    const here = await app()
    const repository = newImageName()
    const { images } = await putIndex(open.host, repository, '1', ['linux/amd64', 'linux/arm64'])
    const to = `${authenticated.host}/${repository}:arm`
    const job = await copied(here, `${open.host}/${repository}:1`, to, 'linux/arm64')
    expect(job).toMatchObject({ state: 'succeeded', digest: images[1]?.digest })
    expect((await found(to)).digest).toBe(images[1]?.digest)
  })

  test('within a registry moves no bytes: the registry mounts what it has', async () => {
    const here = await app()
    const repository = newImageName()
    const reference = await newImage(bed.docker, `${open.host}/${repository}`)
    await untilImage(here.client, here.engineId, called(reference))
    const push = await here.api.images.push({ engineId: here.engineId, references: [reference] })
    await endOf(here.client, push.jobId)
    const job = await copied(here, reference, `${open.host}/elsewhere/${repository}:1`)
    expect(job).toMatchObject({ state: 'succeeded', currentBytes: 0 })
    expect(job.steps.map(({ phase }) => phase)).toEqual(Array(4).fill('mounted'))
    // Once more: now all is there.
    const again = await copied(here, reference, `${open.host}/elsewhere/${repository}:2`)
    expect(again.steps.map(({ phase }) => phase)).toEqual(Array(4).fill('exists'))
  })

  test('brings what only a mirror of the target has', async () => {
    const here = await app()
    const repository = newImageName()
    const { digest } = await putImage(open.host, repository, { tag: '1' })
    await here.api.registries.changeSettings({
      ...{ host: authenticated.host, plainHttp: false, ca: null, skipVerify: false },
      mirrors: [open.host],
    })
    const to = `${authenticated.host}/${repository}:1`
    const job = await copied(here, `${open.host}/${repository}:1`, to)
    expect(job).toMatchObject({ state: 'succeeded', digest })
    expect((await found(to)).digest).toBe(digest)
  })

  test('fails in words: no such image, no login, and names that cannot be', async () => {
    const here = await openOn(bed.docker)
    const repository = newImageName()
    const missing = await copied(here, `${open.host}/${repository}:1`, `${open.host}/x:1`)
    expect(missing).toMatchObject({ state: 'failed', problem: { code: 'not-found' } })
    await putIndex(open.host, repository, '1', ['linux/amd64'])
    const from = `${open.host}/${repository}:1`
    const refused = await copied(here, from, `${authenticated.host}/${repository}:1`)
    expect(refused).toMatchObject({ state: 'failed', problem: { code: 'unauthorized' } })
    await expect(here.api.copies.start({ from, to: from })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    const other = await copied(here, from, `${open.host}/${repository}:2`, 'linux/riscv64')
    expect(other).toMatchObject({ state: 'failed', problem: { code: 'not-found' } })
  })
})
