import type { RemoteContent } from '../../../preload/contract/registryContents'
import { bytes } from '../../format'
import { createdText } from '../../images/details/facts'
import { joinShellWords } from '../../../preload/contract/shellWords'
import type { KeyValue } from '../../ui/keyValue'
import type { useWords } from '../../words'

type Translate = ReturnType<typeof useWords>['t']

/** What a tag or a digest stands for. @param now milliseconds since 1970 UTC */
export function factsOf(
  content: RemoteContent,
  name: string,
  pinned: string,
  t: Translate,
  now: number,
): KeyValue[] {
  const { kind, digest, mediaType, artifactType, manifestBytes, totalBytes, config } = content
  const createdAt = config?.createdAt ?? null
  return [
    { label: t('registries.facts.name'), value: name, mono: true, copy: true },
    { label: t('registries.facts.digest'), value: digest, mono: true, copy: true },
    { label: t('registries.facts.pinned'), value: pinned, mono: true, copy: true },
    { label: t('registries.facts.kind'), value: t(`registries.facts.kinds.${kind}`) },
    { label: t('registries.facts.mediaType'), value: mediaType, mono: true },
    { label: t('registries.facts.artifactType'), value: artifactType ?? '', mono: true },
    { label: t('registries.facts.platform'), value: config?.platform ?? '' },
    {
      label: t('registries.facts.size'),
      value: totalBytes === null ? '' : t('registries.facts.travels', { size: bytes(totalBytes) }),
    },
    { label: t('registries.facts.manifest'), value: bytes(manifestBytes) },
    {
      label: t('registries.facts.created'),
      value: createdAt === null ? '' : createdText(createdAt, t, now),
    },
  ].filter(({ value }) => value !== '')
}

/** What the image asks of the engine when it is run. */
export function configurationOf(
  config: NonNullable<RemoteContent['config']>,
  t: Translate,
): KeyValue[] {
  const mono = (label: string, value: string) => ({ label, value, mono: true })
  return [
    mono(t('images.facts.entrypoint'), joinShellWords(config.entrypoint)),
    mono(t('images.facts.command'), joinShellWords(config.command)),
    mono(t('images.facts.workingFolder'), config.workingFolder ?? ''),
    mono(t('images.facts.user'), config.user ?? ''),
    mono(t('images.facts.exposedPorts'), config.ports.join(', ')),
  ].filter(({ value }) => value !== '')
}
