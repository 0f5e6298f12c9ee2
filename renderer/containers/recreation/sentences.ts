import type { ImageChange, RecreationPlan } from '../../../preload/contract/recreation'
import { age, shortId } from '../../format'
import type { KeyValue } from '../../ui/keyValue'
import type { useWords } from '../../words'

type Words = ReturnType<typeof useWords>['t']
type TwoImages = Pick<RecreationPlan, 'oldImage' | 'newImage'>

/** Both images, each with its age. */
export function imageFacts({ oldImage, newImage }: TwoImages, t: Words, now: number): KeyValue[] {
  const text = ({ id, createdAt }: TwoImages['oldImage']) =>
    createdAt === null
      ? t('containers.recreation.imageNoAge', { id: shortId(id) })
      : t('containers.recreation.image', { id: shortId(id), age: age(createdAt, now) })
  return [
    { label: t('containers.recreation.from'), value: text(oldImage), copy: oldImage.id },
    {
      label: t('containers.recreation.to'),
      value: text(newImage),
      copy: newImage.id,
    },
  ]
}

/** What the container keeps of its own; nothing is said of what it does not have. */
export function keptFacts(kept: RecreationPlan['kept'], t: Words): KeyValue[] {
  const kinds = ['mounts', 'networks', 'ports', 'environment'] as const
  return kinds
    .filter((kind) => kept[kind].length > 0)
    .map((kind) => ({
      label: t(`containers.recreation.kept.${kind}`),
      value: kept[kind].join(', '),
    }))
}

/** What the images give differently, one line each. */
export function changeFacts(changes: readonly ImageChange[], t: Words): KeyValue[] {
  const none = t('containers.recreation.nothing')
  return changes.map(({ field, name, before, after, overridden }) => {
    const change = t('containers.recreation.fromTo', {
      before: before ?? none,
      after: after ?? none,
    })
    return {
      label: t(`containers.recreation.fields.${field}`, { name }),
      value: overridden ? `${change} (${t('containers.recreation.overridden')})` : change,
    }
  })
}
