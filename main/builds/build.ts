import type { BuildRequest } from '../../preload/contract/builds'
import { formatEndpoint } from '../engines/endpoint'
import type { EngineLink } from '../engines/handshake'
import { readReference } from '../images/names'
import { fullImageId } from '../images/summary'
import type { JobContext, Work } from '../jobs/jobs'
import type { JobServices } from '../jobs/kinds'
import { reportByClock } from '../jobs/reportByClock'
import { withDefaultTag } from '../../preload/contract/reference'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { builderOf } from './builder'
import { buildWithBuildx } from './buildxBuild'
import { buildOnEngine } from './engineBuild'
import { createBuildSteps } from './steps'
import { refuseWithheld } from './withheld'

/** Builds an image. Throws `invalid-input` for a name that no image can have, and for secrets that were not kept. */
export function buildImage(services: JobServices, request: BuildRequest): Work {
  refuseWithheld(request)
  const tags = request.tags.map(readTag)
  return {
    subject: tags.length > 0 ? tags.join(', ') : request.folder,
    run: (context) => runBuild(services, { ...request, tags }, context),
  }
}

function readTag(text: string): string {
  const reference = withDefaultTag(readReference(text))
  if (reference.digest === undefined) return reference.familiar
  throw new Failure('invalid-input', say`A build cannot choose the digest of its image.`, {
    hint: say`Write name:tag.`,
  })
}

async function runBuild(
  { engines, registries }: JobServices,
  request: BuildRequest,
  context: JobContext,
): Promise<void> {
  const { connection } = engines.get(request.engineId)
  const { name, buildx } = await builderOf(connection)
  const steps = createBuildSteps()
  const end = reportByClock(context, () => ({ steps: steps.list(), log: steps.log() }))
  try {
    const id = buildx
      ? await buildWithBuildx(
          buildx,
          formatEndpoint(connection.endpoint),
          request,
          steps,
          context.signal,
        )
      : await buildOnEngine(
          connection.link,
          request,
          await registries.authorizationForBuild(),
          steps,
          context.signal,
        )
    steps.endAll('done')
    context.report({
      result: { kind: 'build', builder: name, ...(await made(connection.link, id)) },
    })
  } catch (error) {
    steps.endAll('failed')
    throw error
  } finally {
    end()
  }
}

/** What was made, as the engine has it: Podman gives a short name its own prefix. */
async function made(link: EngineLink, id: string): Promise<{ imageId: string; names: string[] }> {
  const image = await link.client.call((docker) => docker.getImage(id).inspect())
  // Null where the engine has no names for it, whatever the types say.
  const names = (image.RepoTags as string[] | null) ?? []
  return { imageId: fullImageId(image.Id), names }
}
