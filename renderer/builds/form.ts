import {
  buildArgument,
  buildContext,
  platformName,
  type BuildForm,
  type DockerfileFacts,
} from '../../preload/contract/builds'
import { parseReference } from '../../preload/contract/reference'

/** What stands in the dialog: text, right or wrong. */
export interface BuildText {
  folder: string
  dockerfile: string
  names: string
  /** Empty: the last stage. */
  target: string
  platform: string
  /** Those without a value are not sent. */
  arguments: { name: string; value: string }[]
  noCache: boolean
  pull: boolean
}

export type BuildError = 'folder' | 'dockerfile' | 'platform' | 'names' | `argument.${number}`

export interface BuildReading {
  /** Null while something is wrong. */
  form: BuildForm | null
  /** What is wrong; of names the first that is none. */
  errors: ReadonlyMap<BuildError, string>
}

export function textOf(form: BuildForm | null): BuildText {
  return {
    folder: form?.folder ?? '',
    dockerfile: form?.dockerfile ?? 'Dockerfile',
    names: form?.tags.join(', ') ?? '',
    target: form?.target ?? '',
    platform: form?.platform ?? '',
    arguments: form?.arguments.map((argument) => ({ ...argument })) ?? [],
    noCache: form?.noCache ?? false,
    pull: form?.pull ?? false,
  }
}

/** What the dialog asks for. */
export function readBuild(text: BuildText): BuildReading {
  const errors = new Map<BuildError, string>()
  const folder = text.folder.trim()
  const dockerfile = text.dockerfile.trim() || 'Dockerfile'
  const platform = text.platform.trim() || null
  const tags = text.names.split(/[\s,]+/).filter((name) => name !== '')
  const sent = text.arguments.map(({ name, value }) => ({ name: name.trim(), value }))

  if (!buildContext.shape.folder.safeParse(folder).success) errors.set('folder', folder)
  if (!buildContext.shape.dockerfile.safeParse(dockerfile).success) {
    errors.set('dockerfile', dockerfile)
  }
  if (platform !== null && !platformName.safeParse(platform).success) {
    errors.set('platform', platform)
  }
  const wrong = tags.find((name) => {
    const parsed = parseReference(name)
    return !parsed.ok || parsed.reference.digest !== undefined
  })
  if (wrong !== undefined) errors.set('names', wrong)
  sent.forEach((argument, index) => {
    if (argument.value !== '' && !buildArgument.safeParse(argument).success) {
      errors.set(`argument.${index}`, argument.name)
    }
  })
  const { target, noCache, pull } = text
  return {
    errors,
    form:
      errors.size > 0
        ? null
        : {
            folder,
            dockerfile,
            target: target === '' ? null : target,
            arguments: sent.filter(({ value }) => value !== ''),
            platform,
            tags,
            noCache,
            pull,
          },
  }
}

/** The rows that a Dockerfile asks for, with the values that are there, and those that it does not name. */
export function argumentRows(
  rows: BuildText['arguments'],
  facts: DockerfileFacts | null,
): BuildText['arguments'] {
  const declared = facts?.arguments ?? []
  const valueOf = (name: string) => rows.find((row) => row.name === name)?.value ?? ''
  return [
    ...declared.map(({ name }) => ({ name, value: valueOf(name) })),
    ...rows.filter(
      ({ name, value }) => value !== '' && !declared.some((argument) => argument.name === name),
    ),
  ]
}
