import { implementContract, streamSignal, type Services } from '../rpc/implementer'
import { removeImages, renameImage, tagImage, untagImage } from './actions'
import { inspectImage } from './details'
import { planPull } from './pullPlan'

export function imagesProcedures(services: Services) {
  const { engines, jobs } = services
  const { images } = implementContract
  const linkOf = (engineId: string) => engines.get(engineId).connection.link
  return {
    watch: images.watch.handler(({ input, signal }) =>
      engines.get(input.engineId).images.collection.watch(streamSignal(signal)),
    ),
    inspect: images.inspect.handler(({ input }) =>
      inspectImage(linkOf(input.engineId), input.id, input.reveal),
    ),
    planPull: images.planPull.handler(({ input, signal }) =>
      planPull(services, input, streamSignal(signal)),
    ),
    pull: images.pull.handler(({ input }) => ({
      jobId: jobs.start({ kind: 'pull', ...input }),
    })),
    push: images.push.handler(({ input }) => ({
      jobId: jobs.start({ kind: 'push', ...input }),
    })),
    tag: images.tag.handler(({ input }) =>
      tagImage(linkOf(input.engineId), input.id, input.reference),
    ),
    rename: images.rename.handler(({ input }) =>
      renameImage(linkOf(input.engineId), input.id, input.from, input.to),
    ),
    untag: images.untag.handler(({ input }) =>
      untagImage(linkOf(input.engineId), input.id, input.reference),
    ),
    remove: images.remove.handler(({ input }) => {
      const { connection, containers } = engines.get(input.engineId)
      return removeImages(connection.link, input.ids, (id) =>
        containers.collection
          .values()
          .filter((container) => container.imageId === id)
          .map((container) => container.name),
      )
    }),
  }
}
