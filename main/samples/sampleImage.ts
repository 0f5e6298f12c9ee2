import { Readable } from 'node:stream'
import { pack } from 'tar-stream'
import { sampleLabel } from '../../preload/contract/samples'
import type { EngineLink } from '../engines/handshake'
import { jsonLines } from '../streams/jsonLines'
import { createProgress } from '../streams/progress'
import { transferFailure } from '../jobs/transferFailure'

/** The sample image's name; `localhost/` keeps every engine from looking for it in a registry. */
export const sampleImage = { name: 'localhost/longshore-sample', tag: '1' }

const applets = ['sh', 'sleep', 'cat', 'echo', 'head', 'rm', 'ls', 'ps', 'top', 'date', 'true']

/** Makes the sample image out of one static busybox: a tree of one file and its names. */
export async function importSampleImage(
  link: EngineLink,
  busybox: Buffer,
  signal: AbortSignal,
): Promise<void> {
  const body = await link.client.stream(
    (docker, abortSignal) =>
      docker.importImage(rootFileSystem(busybox), {
        // As one text: Podman 4.3 ignores a tag that stands apart.
        repo: `${sampleImage.name}:${sampleImage.tag}`,
        changes: `LABEL ${sampleLabel}=image`,
        abortSignal,
      }),
    { signal },
  )
  const progress = createProgress()
  for await (const message of jsonLines(body, { signal })) progress.apply(message)
  const { error } = progress.state()
  if (error !== null) throw transferFailure(error)
}

function rootFileSystem(busybox: Buffer): Readable {
  const tar = pack()
  for (const name of ['bin', 'etc', 'tmp', 'dev', 'proc', 'sys']) {
    tar.entry({ name, type: 'directory', mode: name === 'tmp' ? 0o1777 : 0o755 })
  }
  tar.entry({ name: 'etc/passwd', mode: 0o644 }, 'root:x:0:0:root:/:/bin/sh\n')
  tar.entry({ name: 'bin/busybox', mode: 0o755 }, busybox)
  for (const applet of applets) {
    tar.entry({ name: `bin/${applet}`, type: 'symlink', linkname: 'busybox' })
  }
  tar.finalize()
  return Readable.from(tar)
}
