import { z } from 'zod'
import type { ArchivedImage, ArchiveFacts, InspectMessage } from '../../preload/contract/archives'
import { imageId } from '../../preload/contract/base'
import { say } from '../../preload/contract/say'
import { reported } from '../live/reported'
import { linkTarget, readEntries, refused, type TarEntry } from './entries'
import { openSource, type Source } from './source'

/** Of the files by which an archive describes itself. An image's description is some kilobytes long. */
const MOST_DESCRIPTION_BYTES = 8 * 1024 * 1024
const MOST_IMAGES = 10_000
/** An archive of images has a few files for each layer. */
const MOST_FILES = 50_000

/** `docker save` (moby image/tarexport, `manifestItem`). */
const manifest = z
  .array(
    z.object({
      Config: z.string().max(4_096),
      RepoTags: z.array(z.string().max(1_024)).max(MOST_IMAGES).nullish(),
      Layers: z.array(z.string().max(4_096)).max(10_000).nullish(),
    }),
  )
  .min(1)
  .max(MOST_IMAGES)

/** OCI image-spec, image-layout.md. */
const index = z.object({
  manifests: z
    .array(z.object({ annotations: z.record(z.string(), z.string()).nullish().catch(null) }))
    .min(1)
    .max(MOST_IMAGES),
})

const DESCRIPTIONS: ReadonlySet<string> = new Set(['manifest.json', 'index.json', 'oci-layout'])

/** Looks into a file: how far it is, then what it holds. */
export async function* inspectArchive(
  file: string,
  signal: AbortSignal,
): AsyncGenerator<InspectMessage, void, void> {
  const source = await openSource(file)
  let bytes = 0
  try {
    yield* reported<InspectMessage, ArchiveFacts>(
      (ended) => readArchive(source, (more) => (bytes += more), ended),
      () => ({ kind: 'reading', bytes, totalBytes: source.bytes }),
      (archive) => ({ kind: 'read', archive }),
      signal,
    )
  } finally {
    await source.close()
  }
}

/**
 * Reads a file from end to end, and tells what it holds.
 *
 * @throws Failure (`invalid-input`) for what is no archive, is cut off, or has entries that lead out
 */
export async function readArchive(
  source: Source,
  count: (bytes: number) => void,
  signal: AbortSignal,
): Promise<ArchiveFacts> {
  const files = new Map<string, TarEntry>()
  let entries = 0
  let contentBytes = 0
  let devices = 0
  const leadsOut: string[] = []
  await readEntries(
    source.content(count),
    (name) => (DESCRIPTIONS.has(name) ? MOST_DESCRIPTION_BYTES : 0),
    (entry) => {
      entries++
      contentBytes += entry.bytes
      if (/device|fifo/.test(entry.type)) devices++
      const isLink = entry.type === 'symlink' || entry.type === 'link'
      if (isLink && linkTarget(entry) === null) {
        // Within a root file system, symbolic links are read from its own root on.
        if (entry.type === 'link')
          throw refused(say`has a link that leads out of it (${entry.name})`)
        if (leadsOut.length === 0) leadsOut.push(entry.name)
      }
      if (files.size < MOST_FILES || entry.content !== null) files.set(entry.name, entry)
    },
    signal,
  )
  const described = describe(files)
  if (described.kind !== 'file-system') {
    if (entries > MOST_FILES) throw refused(say`has too many entries`)
    if (leadsOut[0] !== undefined)
      throw refused(say`has a link that leads out of it (${leadsOut[0]})`)
    if (devices > 0) throw refused(say`holds devices`)
  }
  return {
    ...described,
    compression: source.compression,
    fileBytes: source.bytes,
    contentBytes,
    entries,
    devices,
  }
}

function describe(files: ReadonlyMap<string, TarEntry>): Pick<ArchiveFacts, 'kind' | 'images'> {
  const saved = manifest.safeParse(jsonOf(files.get('manifest.json')))
  if (saved.success) {
    return {
      kind: 'docker-archive',
      images: saved.data.map(({ Config, RepoTags, Layers }) => ({
        references: RepoTags ?? [],
        id: idOf(Config),
        sizeBytes: (Layers ?? []).reduce((sum, name) => sum + bytesOf(files, name), 0),
        layers: (Layers ?? []).length,
      })),
    }
  }
  const layout = index.safeParse(jsonOf(files.get('index.json')))
  if (layout.success && files.has('oci-layout')) {
    return { kind: 'oci-layout', images: layout.data.manifests.map(ofLayout) }
  }
  return { kind: 'file-system', images: [] }
}

/** The full name is containerd's; the other one is a tag only, or whatever was written there. */
function ofLayout({ annotations }: z.infer<typeof index>['manifests'][number]): ArchivedImage {
  const name =
    annotations?.['io.containerd.image.name'] ?? annotations?.['org.opencontainers.image.ref.name']
  return {
    references: name === undefined ? [] : [name.slice(0, 1_024)],
    id: null,
    sizeBytes: null,
    layers: null,
  }
}

/** `<hex>.json`, or `blobs/sha256/<hex>` since Docker 25. */
function idOf(config: string): string | null {
  const id = `sha256:${/([a-f0-9]{64})(?:\.json)?$/.exec(config)?.[1] ?? ''}`
  return imageId.safeParse(id).success ? id : null
}

/** A layer that images share may be there once, and be a link elsewhere. */
function bytesOf(files: ReadonlyMap<string, TarEntry>, name: string): number {
  const entry = files.get(name)
  if (entry === undefined) return 0
  const target = entry.target ? linkTarget(entry) : null
  return target === null ? entry.bytes : (files.get(target)?.bytes ?? 0)
}

function jsonOf(entry: TarEntry | undefined): unknown {
  if (!entry?.content) return null
  try {
    return JSON.parse(entry.content.toString('utf8'))
  } catch {
    return null
  }
}
