import { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { pack } from 'tar-stream'
import { engineCli, type EngineFacts } from './bed'
import { engineRequest } from './bed/api'

/** Builds an image from a Dockerfile that needs no files; it goes after the test, as does its name. */
export async function buildImage(
  engine: EngineFacts,
  reference: string,
  lines: string[],
): Promise<void> {
  const cli = engineCli(engine)
  const context = pack()
  context.entry({ name: 'Dockerfile' }, `${lines.join('\n')}\n`)
  context.finalize()
  const path = `/build?${new URLSearchParams({ t: reference })}`
  const { status, body } = await engineRequest(engine, 'POST', path, Readable.from(context))
  if (status !== 200 || body.includes('"error"')) throw new Error(body)
  const id = await cli(['image', 'inspect', '--format', '{{.Id}}', reference])
  onTestFinished(async () => {
    await cli(['rmi', '--force', id]).catch(() => undefined)
  })
}
