import { mostMirrors, registryHost } from '../../../preload/contract/registries'

export interface MirrorLines {
  mirrors: string[]
  /** What is no host, as it was typed. */
  wrong: string[]
  tooMany: boolean
}

/** Reads mirrors, one host a line, in order. */
export function readMirrors(text: string): MirrorLines {
  const lines = text.split(/\s+/).filter((line) => line !== '')
  const read = lines.map((line) => ({ line, host: registryHost.safeParse(line).data }))
  const mirrors = read.flatMap(({ host }) => host ?? [])
  return {
    mirrors,
    wrong: read.flatMap(({ line, host }) => (host === undefined ? [line] : [])),
    tooMany: mirrors.length > mostMirrors,
  }
}
