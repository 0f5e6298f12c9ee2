import type { ImageDetails } from '../../preload/contract/images'
import { keysOf, stringsOf } from '../engines/answers'
import type { EngineLink } from '../engines/handshake'
import { inspectText, readEnvironment } from '../masking'
import { fullImageId } from './summary'

/** Everything about one image; `reveal` shows the values that are masked otherwise. */
export async function inspectImage(
  link: EngineLink,
  id: string,
  reveal: boolean,
): Promise<ImageDetails> {
  const info = await link.client.call((docker) => docker.getImage(id).inspect())
  const config: Partial<typeof info.Config> = info.Config
  return {
    id: fullImageId(info.Id),
    platform: `${info.Os}/${info.Architecture}`,
    author: info.Author,
    entrypoint: stringsOf(config.Entrypoint),
    command: stringsOf(config.Cmd),
    environment: readEnvironment(stringsOf(config.Env), reveal),
    exposedPorts: keysOf(config.ExposedPorts).sort(),
    volumes: keysOf(config.Volumes).sort(),
    workingFolder: config.WorkingDir ?? '',
    user: config.User ?? '',
    layers: stringsOf((info.RootFS as Partial<typeof info.RootFS> | undefined)?.Layers),
    inspectJson: inspectText(info, reveal),
  }
}

/**
 * Dockerfile syntax out of what the builders record: the classic one writes `/bin/sh -c #(nop)  ENV a=b`
 * and `/bin/sh -c command`; BuildKit `RUN /bin/sh -c command # buildkit`. Lists of words (`CMD ["a" "b"]`)
 * stand there as Go prints them, without commas.
 */
export function instructionOf(createdBy: string): string {
  const text = createdBy.replace(/\s*# buildkit$/, '').trim()
  const noOperation = /^\/bin\/sh -c #\(nop\)\s+(.*)$/s.exec(text)?.[1]
  if (noOperation !== undefined) return withCommas(noOperation)
  const shell = /^(?:RUN )?(?:\|\d+ .*? )?\/bin\/sh -c (.*)$/s.exec(text)?.[1]
  if (shell !== undefined) return `RUN ${shell}`
  return withCommas(text)
}

function withCommas(instruction: string): string {
  if (!/^(CMD|ENTRYPOINT|SHELL) \["/.test(instruction)) return instruction
  return instruction.replace(/"(?:[^"\\]|\\.)*"(?= ")/g, '$&,')
}
