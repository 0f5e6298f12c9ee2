import { isDeepStrictEqual } from 'node:util'
import type { ImageChange, ImageField } from '../../../preload/contract/recreation'
import { keysOf } from '../../engines/answers'
import type { InspectedConfig } from '../../engines/dialect/inspection'
import { readEnvironment } from '../../masking'
import { folderOf, signalOf } from './ownSettings'

/**
 * What two images give differently to a container.
 *
 * @param own What was given to the container itself: it stays, whatever the image says.
 */
export function imageChanges(
  before: InspectedConfig,
  after: InspectedConfig,
  own: InspectedConfig,
): ImageChange[] {
  const text = (
    field: ImageField,
    of: (config: InspectedConfig) => string,
    overridden: boolean,
  ) => {
    const [old, next] = [of(before), of(after)]
    return old === next
      ? []
      : [{ field, name: '', before: old || null, after: next || null, overridden }]
  }
  const words = (list: string[] | null | undefined) => (list ?? []).join(' ')
  const ownEntrypoint = own.Entrypoint !== undefined
  return [
    ...text('entrypoint', ({ Entrypoint }) => words(Entrypoint), ownEntrypoint),
    ...text('command', ({ Cmd }) => words(Cmd), ownEntrypoint || own.Cmd !== undefined),
    ...environmentChanges(before, after, own),
    ...keyChanges('port', before.ExposedPorts, after.ExposedPorts),
    ...keyChanges('volume', before.Volumes, after.Volumes),
    ...text('user', ({ User }) => User ?? '', own.User !== undefined),
    ...text('workingFolder', folderOf, own.WorkingDir !== undefined),
    ...text(
      'healthcheck',
      ({ Healthcheck }) => checkText(Healthcheck),
      own.Healthcheck?.Test !== undefined,
    ),
    ...text('stopSignal', (config) => String(signalOf(config)), own.StopSignal !== undefined),
  ]
}

function environmentChanges(
  before: InspectedConfig,
  after: InspectedConfig,
  own: InspectedConfig,
): ImageChange[] {
  const [real, shown] = [false, true].map((isShown) =>
    [before, after].map(
      ({ Env }) =>
        new Map(readEnvironment(Env ?? [], !isShown).map(({ name, value }) => [name, value])),
    ),
  )
  const names = new Set(readEnvironment(own.Env ?? [], true).map(({ name }) => name))
  const [oldReal, newReal] = real ?? []
  const [oldShown, newShown] = shown ?? []
  return [...new Set([...(oldReal?.keys() ?? []), ...(newReal?.keys() ?? [])])]
    .filter((name) => oldReal?.get(name) !== newReal?.get(name))
    .sort()
    .map((name) => ({
      field: 'environment',
      name,
      before: oldShown?.get(name) ?? null,
      after: newShown?.get(name) ?? null,
      overridden: names.has(name),
    }))
}

/** Ports and volumes of an image come on top of those that the container has of its own. */
function keyChanges(field: 'port' | 'volume', before: unknown, after: unknown): ImageChange[] {
  const [old, next] = [new Set(keysOf(before)), new Set(keysOf(after))]
  return [...new Set([...old, ...next])]
    .filter((name) => old.has(name) !== next.has(name))
    .sort()
    .map((name) => ({
      field,
      name,
      before: old.has(name) ? name : null,
      after: next.has(name) ? name : null,
      overridden: false,
    }))
}

function checkText(check: InspectedConfig['Healthcheck']): string {
  const test = check?.Test
  if (!Array.isArray(test) || isDeepStrictEqual(test, ['NONE'])) return ''
  return test.slice(1).map(String).join(' ')
}
