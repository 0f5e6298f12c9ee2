import { z } from 'zod'
import type { RemoteContent } from '../../preload/contract/registryContents'
import { readEnvironment } from '../masking'
import { cappedText, cappedTexts, namedTexts } from './text'

const texts = z.array(z.string()).nullish().catch(null)
const text = z.string().nullish().catch(null)

/** What of an image's configuration is shown (OCI image-spec, "Image Configuration"). */
const imageConfig = z.object({
  created: text,
  os: text,
  architecture: text,
  variant: text,
  config: z
    .object({
      User: text,
      ExposedPorts: z.record(z.string(), z.unknown()).nullish().catch(null),
      Env: texts,
      Entrypoint: texts,
      Cmd: texts,
      WorkingDir: text,
      Labels: z.record(z.string(), z.string()).nullish().catch(null),
    })
    .nullish()
    .catch(null),
  history: z
    .array(z.object({ created_by: text, empty_layer: z.boolean().nullish().catch(null) }))
    .nullish()
    .catch(null),
})

export interface ImageConfig {
  summary: NonNullable<RemoteContent['config']>
  /** The instructions of the steps that made a layer, the lowest first. */
  instructions: (string | null)[]
}

/**
 * Reads the configuration of an image. Null where it is none.
 *
 * @param reveal - the values of variables with secret names too
 */
export function readImageConfig(
  json: unknown,
  digest: string,
  reveal: boolean,
): ImageConfig | null {
  const read = imageConfig.safeParse(json)
  if (!read.success) return null
  const { created, os, architecture, variant, config, history } = read.data
  const createdAt = Date.parse(created ?? '')
  return {
    summary: {
      digest,
      createdAt: Number.isNaN(createdAt) ? null : createdAt,
      platform:
        os && architecture
          ? cappedText([os, architecture, ...(variant ? [variant] : [])].join('/'), 128)
          : null,
      entrypoint: cappedTexts(config?.Entrypoint ?? []),
      command: cappedTexts(config?.Cmd ?? []),
      workingFolder: config?.WorkingDir ? cappedText(config.WorkingDir) : null,
      user: config?.User ? cappedText(config.User) : null,
      ports: cappedTexts(Object.keys(config?.ExposedPorts ?? {})),
      environment: readEnvironment(cappedTexts(config?.Env ?? []), reveal),
      labels: namedTexts(config?.Labels),
    },
    instructions: (history ?? [])
      .filter((step) => step.empty_layer !== true)
      .map((step) => (step.created_by ? cappedText(step.created_by) : null)),
  }
}
