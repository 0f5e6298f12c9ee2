import { containerSettings } from '../../preload/contract/containerSettings'
import { sampleLabel } from '../../preload/contract/samples'
import { say } from '../../preload/contract/say'
import { removeContainers } from '../containers/actions'
import { runContainer } from '../containers/create/run'
import type { EngineLink } from '../engines/handshake'
import { openStream } from '../engines/rawStream'
import type { Session } from '../engines/session'
import { toFailure } from '../errors'
import { imageNamed } from '../images/pull'
import { followTransfer } from '../jobs/transferProgress'
import type { JobContext, Work } from '../jobs/jobs'
import { importSampleImage, sampleImage } from './sampleImage'
import { sampleLoads } from './loads'
import { findStaticBusybox } from './staticBusybox'

const reference = `${sampleImage.name}:${sampleImage.tag}`

/** Makes the sample image and runs the sample containers. */
export function makeSamples(session: Session): Work {
  return { subject: reference, run: (context) => runSamples(session, context) }
}

async function runSamples(session: Session, context: JobContext): Promise<void> {
  const { connection } = session
  const { link } = connection
  const lines: string[] = []
  const tell = (line: string) => {
    lines.push(line)
    context.report({ log: [...lines] })
  }
  await provideImage(link, connection.engine.value.platform ?? '', context, tell)
  await removeContainers(link, await sampleContainers(link), {
    force: true,
    removeAnonymousVolumes: true,
  })
  for (const load of sampleLoads) {
    context.signal.throwIfAborted()
    const settings = containerSettings.parse({
      image: reference,
      name: load.name,
      command: ['sh', '-c', load.program],
      cpuLimitCores: load.cpuLimitCores,
      memoryLimitBytes: load.memoryLimitBytes,
      labels: { [sampleLabel]: load.purpose() },
    })
    await runContainer(connection, settings, { acceptedDangers: [], start: true })
    tell(`${load.name}: ${load.purpose()}`)
  }
}

/** As it is where it was made before, else out of this machine's busybox where its kind is the engine's, else from a registry. */
async function provideImage(
  link: EngineLink,
  platform: string,
  context: JobContext,
  tell: (line: string) => void,
): Promise<void> {
  if ((await imageNamed(link, reference)) !== null) return
  const busybox = fitsThisMachine(platform) ? await findStaticBusybox() : null
  if (busybox) {
    await importSampleImage(link, busybox, context.signal)
    tell(say`Made ${reference} out of this machine's busybox.`)
    return
  }
  tell(say`Pulling docker.io/library/busybox.`)
  const request = link.dialect.pullRequest('docker.io/library/busybox', 'latest', {
    plainHttp: false,
  })
  const pulled = await openStream(
    link.client,
    { method: 'POST', ...request },
    { signal: context.signal },
  )
  await followTransfer(pulled, 'pull', context)
  await link.client.call((docker, abortSignal) =>
    docker
      .getImage('docker.io/library/busybox:latest')
      .tag({ repo: sampleImage.name, tag: sampleImage.tag, abortSignal }),
  )
}

/** `linux/x86_64` and Node's `x64` are the same machine. */
export function fitsThisMachine(platform: string, arch = process.arch as string): boolean {
  const names: Record<string, string[]> = { x64: ['x86_64', 'amd64'], arm64: ['aarch64', 'arm64'] }
  return (names[arch] ?? []).some((name) => platform === `linux/${name}`)
}

/** Removes every sample container, running or not, and the sample image; returns how many containers. */
export async function removeSamples({ connection: { link } }: Session): Promise<number> {
  const ids = await sampleContainers(link)
  const { outcomes } = await removeContainers(link, ids, {
    force: true,
    removeAnonymousVolumes: true,
  })
  try {
    await link.client.call((docker, abortSignal) =>
      docker.getImage(reference).remove({ abortSignal }),
    )
  } catch (error) {
    // It may be gone already, or a container of the person's own may use it.
    const { code } = toFailure(error)
    if (code !== 'not-found' && code !== 'conflict') throw error
  }
  return outcomes.filter((outcome) => outcome.changed).length
}

async function sampleContainers(link: EngineLink): Promise<string[]> {
  const containers = await link.client.call((docker, abortSignal) =>
    docker.listContainers({
      all: true,
      filters: { label: [sampleLabel] },
      abortSignal,
    }),
  )
  return containers.map((container) => container.Id)
}
