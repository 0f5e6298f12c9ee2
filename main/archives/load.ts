import { basename } from 'node:path'
import type { LoadRequest, LoadResult } from '../../preload/contract/archives'
import { say } from '../../preload/contract/say'
import { stringsOf } from '../engines/answers'
import type { EngineLink } from '../engines/handshake'
import { Failure } from '../errors'
import { fullImageId } from '../images/summary'
import type { Work } from '../jobs/jobs'
import type { JobServices } from '../jobs/kinds'
import { readForJob } from './readForJob'
import { sendContent } from './send'
import { openSource } from './source'

/** What both engines print for an image that is there now: names, or ids of those without one. */
const LOADED = /^Loaded image(?:\(s\))?(?: ID)?: (.+)$/

/** Loads all images of a file, after looking whether it is what it should be. */
export function loadImages({ engines }: JobServices, { engineId, file }: LoadRequest): Work {
  return {
    subject: basename(file),
    async run(context) {
      const { link } = engines.get(engineId).connection
      const source = await openSource(file)
      try {
        const archive = await readForJob(source, context)
        if (archive.kind === 'file-system') {
          throw new Failure('invalid-input', say`There are no images in this file.`, {
            hint: say`It may be a root file system: those are imported.`,
          })
        }
        const names: string[] = []
        await sendContent(
          link.client,
          { path: '/images/load', query: { quiet: '0' } },
          source,
          context,
          ({ stream = '' }) => {
            for (const line of stream.split('\n')) {
              names.push(...(LOADED.exec(line.trim())?.[1]?.split(',') ?? []))
            }
          },
        )
        await source.checkUnchanged()
        context.report({ result: { kind: 'load', images: await loaded(link, names) } })
      } finally {
        await source.close()
      }
    },
  }
}

/** Which images these names and ids mean now. */
async function loaded(link: EngineLink, names: string[]): Promise<LoadResult['images']> {
  const images = new Map<string, string[]>()
  for (const name of new Set(names.map((each) => each.trim()))) {
    const { Id, RepoTags } = await link.client.call((docker) => docker.getImage(name).inspect())
    const isName = stringsOf(RepoTags).includes(name)
    const id = fullImageId(Id)
    images.set(id, [...(images.get(id) ?? []), ...(isName ? [name] : [])])
  }
  return [...images].map(([id, references]) => ({ id, references }))
}
