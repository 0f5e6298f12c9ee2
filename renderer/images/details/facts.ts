import type { Image, ImageDetails } from '../../../preload/contract/images'
import { age, bytes, isRecorded, moment } from '../../format'
import type { KeyValue } from '../../ui/keyValue'
import type { useWords } from '../../words'
import { joinShellWords } from '../../../preload/contract/shellWords'

type Translate = ReturnType<typeof useWords>['t']

/** What the list knows of an image. @param now milliseconds since 1970 UTC */
export function factsOf(image: Image, t: Translate, now: number): KeyValue[] {
  return [
    { label: t('images.facts.id'), value: image.id, mono: true, copy: true },
    { label: t('images.facts.size'), value: bytes(image.sizeBytes) },
    { label: t('images.facts.created'), value: createdText(image.createdAt, t, now) },
  ]
}

/** @param now milliseconds since 1970 UTC */
export function createdText(at: number, t: Translate, now: number): string {
  if (!isRecorded(at)) return t('ui.notRecorded')
  return t('images.facts.createdAgo', { at: moment(at), age: age(at, now) })
}

/** What the image asks of the engine when it is run; what it leaves open is left out. */
export function configurationOf(details: ImageDetails, t: Translate): KeyValue[] {
  const mono = (label: string, value: string) => ({ label, value, mono: true })
  return [
    { label: t('images.facts.platform'), value: details.platform },
    mono(t('images.facts.entrypoint'), joinShellWords(details.entrypoint)),
    mono(t('images.facts.command'), joinShellWords(details.command)),
    mono(t('images.facts.workingFolder'), details.workingFolder),
    mono(t('images.facts.user'), details.user),
    mono(t('images.facts.exposedPorts'), details.exposedPorts.join(', ')),
    mono(t('images.facts.volumes'), details.volumes.join(', ')),
    { label: t('images.facts.author'), value: details.author },
  ].filter(({ value }) => value !== '')
}
