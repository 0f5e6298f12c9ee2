import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pack, type Pack } from 'tar-stream'
import { engineRequest } from './api'
import type { EngineFacts } from './engine'

const BUSYBOX = '/bin/busybox'

/**
 * Makes an image of busybox alone: its applets (sh, sleep, httpd, ...) in /bin, users root and
 * nobody, /tmp, and /www with a page that says "Longshore test bed". Its command is `sh`.
 */
export async function makeBusyboxImage(engine: EngineFacts, reference: string): Promise<void> {
  // The tag stands in `repo`, as the docker command sends it: Podman 4 ignores `tag`.
  const query = new URLSearchParams({ fromSrc: '-', repo: reference })
  query.append('changes', 'CMD ["sh"]')
  query.append('changes', 'ENV PATH=/bin')
  await send(engine, `/images/create?${query}`, await busyboxRootFileSystem())
}

/**
 * Makes an image of exactly `layerCount` layers with `layerBytes` random bytes each, so that no two
 * share anything and none compresses. It has nothing to run.
 */
export async function makeLayeredImage(
  engine: EngineFacts,
  reference: string,
  layerCount: number,
  layerBytes: number,
): Promise<void> {
  const context = pack()
  const names = Array.from({ length: layerCount }, (_, index) => `layer-${index + 1}`)
  for (const name of names) context.entry({ name }, randomBytes(layerBytes))
  const lines = ['FROM scratch', ...names.map((name) => `COPY ${name} /${name}`)]
  context.entry({ name: 'Dockerfile' }, `${lines.join('\n')}\n`)
  context.finalize()
  await send(engine, `/build?${new URLSearchParams({ t: reference })}`, context)
}

/** Makes an image of one static program that only sleeps, at /sleep: it has no shell and nothing else. */
export async function makeShelllessImage(engine: EngineFacts, reference: string): Promise<void> {
  const tar = pack()
  tar.entry({ name: 'sleep', mode: 0o755 }, await readFile(BUSYBOX))
  tar.finalize()
  const query = new URLSearchParams({ fromSrc: '-', repo: reference })
  query.append('changes', 'CMD ["/sleep", "1000"]')
  await send(engine, `/images/create?${query}`, tar)
}

async function busyboxRootFileSystem(): Promise<Pack> {
  const applets = execFileSync(BUSYBOX, ['--list'], { encoding: 'utf8' }).trim().split('\n')
  const tar = pack()
  for (const name of ['bin', 'etc', 'root', 'www']) tar.entry({ name, type: 'directory' })
  tar.entry({ name: 'tmp', type: 'directory', mode: 0o1777 })
  tar.entry({ name: 'bin/busybox', mode: 0o755 }, await readFile(BUSYBOX))
  for (const applet of applets.filter((name) => name !== 'busybox')) {
    tar.entry({ name: `bin/${applet}`, type: 'symlink', linkname: 'busybox' })
  }
  tar.entry(
    { name: 'etc/passwd' },
    'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n',
  )
  tar.entry({ name: 'etc/group' }, 'root:x:0:\nnogroup:x:65534:\n')
  tar.entry({ name: 'www/index.html' }, 'Longshore test bed\n')
  tar.finalize()
  return tar
}

/** Engines report a failure after the headers as a line with `error`, inside a 200. */
async function send(engine: EngineFacts, path: string, tar: Pack): Promise<void> {
  const { status, body } = await engineRequest(engine, 'POST', path, Readable.from(tar))
  if (status !== 200 || body.includes('"error"')) {
    throw new Error(`${engine.kind} could not make an image (HTTP ${status}): ${body}`)
  }
}
