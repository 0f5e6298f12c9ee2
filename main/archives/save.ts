import { basename } from 'node:path'
import { imageId } from '../../preload/contract/base'
import type { ExportRequest, SaveRequest } from '../../preload/contract/archives'
import type { Image } from '../../preload/contract/images'
import { openStream } from '../engines/rawStream'
import { readReference } from '../images/names'
import type { Work } from '../jobs/jobs'
import type { JobServices } from '../jobs/kinds'
import { writeTar } from './writeTar'

/** The engine gathers all layers before it sends the first byte. */
const openMillis = 30 * 60_000

/** Writes images to one file. Throws `invalid-input` for what is no image name. */
export function saveImages(
  { engines }: JobServices,
  { engineId, images, file, overwrite }: SaveRequest,
): Work {
  const names = images.map((text) =>
    imageId.safeParse(text).success ? text : readReference(text).familiar,
  )
  return {
    subject: basename(file),
    async run(context) {
      const { connection, images: model } = engines.get(engineId)
      const { client } = connection.link
      const wanted = new Set(names)
      const chosen = model.collection
        .values()
        .filter(({ id, references }) => [id, ...references].some((name) => wanted.has(name)))
      for (const name of unknown(names, chosen)) {
        // Podman tells of an image that is not there by the status of a failure of its own.
        await client.call((docker) => docker.getImage(name).inspect(), { signal: context.signal })
      }
      const bytes = await writeTar(
        {
          file,
          overwrite,
          estimatedBytes: chosen.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) || null,
          open: () =>
            openStream(
              client,
              { method: 'GET', path: '/images/get', query: { names } },
              { signal: context.signal, timeoutMillis: openMillis },
            ),
        },
        context,
      )
      context.report({ result: { kind: 'save', file, bytes } })
    },
  }
}

/** Writes a container's file system to a file, as `docker export`. */
export function exportContainer(
  { engines }: JobServices,
  { engineId, containerId, file, overwrite }: ExportRequest,
): Work {
  const { connection, containers } = engines.get(engineId)
  return {
    subject: `${containers.nameOf(containerId)} → ${basename(file)}`,
    async run(context) {
      const { client } = connection.link
      const bytes = await writeTar(
        {
          file,
          overwrite,
          // Only `size=1` tells it, and costs the engine a walk over all files.
          estimatedBytes: null,
          open: () =>
            openStream(
              client,
              { method: 'GET', path: `/containers/${containerId}/export`, query: {} },
              { signal: context.signal, timeoutMillis: openMillis },
            ),
        },
        context,
      )
      context.report({ result: { kind: 'export', file, bytes } })
    },
  }
}

/** The list may not have heard yet of an image that was just made. */
function unknown(names: string[], images: Image[]): string[] {
  const known = new Set(images.flatMap(({ id, references }) => [id, ...references]))
  return names.filter((name) => !known.has(name))
}
