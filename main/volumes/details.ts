import type { VolumeDetails } from '../../preload/contract/volumes'
import { getJson } from '../engines/getJson'
import type { EngineLink } from '../engines/handshake'
import { inspectText, isSecretName, mask, maskPairs } from '../masking'
import { listedVolume } from './summary'

/** Everything about one volume; `reveal` shows the values that are masked otherwise. */
export async function inspectVolume(
  link: EngineLink,
  id: string,
  reveal: boolean,
): Promise<VolumeDetails> {
  const raw = await getJson(link.client, `/volumes/${encodeURIComponent(id)}`)
  const { Labels, Options } = listedVolume.parse(raw)
  const isSecret = (name: string, value: string) => isSecretName(name) || holdsSecret(name, value)
  return {
    id,
    labels: maskPairs(Labels, reveal, isSecret),
    options: maskPairs(Options, reveal, isSecret),
    inspectJson: inspectText(withoutMountSecrets(raw, reveal), reveal),
  }
}

/** `mount -o` of a network share carries its password: `addr=10.0.0.1,username=me,password=x`. */
function holdsSecret(name: string, value: string): boolean {
  return name === 'o' && value.split(',').some((part) => isSecretName(part.split('=', 1)[0] ?? ''))
}

function withoutMountSecrets(raw: unknown, reveal: boolean): unknown {
  const volume = listedVolume.parse(raw)
  const o = volume.Options?.o
  if (reveal || o === undefined || !holdsSecret('o', o)) return raw
  return { ...volume, Options: { ...volume.Options, o: mask } }
}
