import { findTarget } from '../archives/target'
import { implementContract, streamSignal, type Services } from '../rpc/implementer'
import { changesOf } from './changes'
import { makeFolder, removePaths, renamePath } from './edit'
import { listFolder } from './list'
import { measure } from './measure'
import { previewFile } from './preview'
import { findPath } from './readFile'
import { saveText } from './save'
import { toolImages } from './tool'
import { refuseTaken } from './unpack'
import { Uploads } from './upload'

export function filesProcedures({ files: service, engines, jobs }: Services) {
  const { files } = implementContract
  const uploads = new Uploads(service)
  /** Images by id: whether they have programs for a volume. */
  const knownTools = new Map<string, boolean>()

  return {
    watch: files.watch.handler(({ input, signal }) =>
      service.watch(input.target, streamSignal(signal)),
    ),
    list: files.list.handler(({ input, signal }) =>
      listFolder(service, input, streamSignal(signal)),
    ),
    find: files.find.handler(({ input, signal }) =>
      service.with(
        input.target,
        async (place) => {
          const { path, kind, sizeBytes } = await findPath(place, input.path, signal)
          return { path, kind, sizeBytes }
        },
        signal,
      ),
    ),
    preview: files.preview.handler(({ input, signal }) =>
      service.with(input.target, (place) => previewFile(place, input.path, signal), signal),
    ),
    changes: files.changes.handler(({ input, signal }) =>
      service.with(input.target, (place) => changesOf(place, signal), signal),
    ),
    measure: files.measure.handler(({ input, signal }) =>
      service.with(
        input.target,
        (place) => measure(place, input.paths, streamSignal(signal)),
        signal,
      ),
    ),
    save: files.save.handler(({ input, signal }) =>
      service.changing(input.target, (place) => saveText(place, input, signal), signal),
    ),
    makeFolder: files.makeFolder.handler(({ input, signal }) =>
      service.changing(input.target, (place) => makeFolder(place, input, signal), signal),
    ),
    rename: files.rename.handler(({ input, signal }) =>
      service.changing(
        input.target,
        (place) => renamePath(place, input, { toolImage: input.toolImage, signal }),
        signal,
      ),
    ),
    remove: files.remove.handler(({ input, signal }) =>
      service.changing(
        input.target,
        (place) => removePaths(place, input.paths, { toolImage: input.toolImage, signal }),
        signal,
      ),
    ),
    toolImages: files.toolImages.handler(({ input, signal }) => {
      const { connection, images } = engines.get(input.engineId)
      return toolImages(connection.link, images.collection.values(), knownTools, signal)
    }),
    upload: files.upload.handler(({ input, signal }) => uploads.start(input, streamSignal(signal))),
    uploadPiece: files.uploadPiece.handler(({ input }) =>
      uploads.piece(input.uploadId, input.base64),
    ),
    download: files.download.handler(async ({ input }) => {
      const { engineId } = input.target
      // Told while the person still looks at the form; the job looks again.
      if (input.as === 'folder') await refuseTaken(input.file)
      else await findTarget(input.file, input.overwrite)
      return { jobId: jobs.start({ kind: 'download', engineId, ...input }) }
    }),
  }
}
