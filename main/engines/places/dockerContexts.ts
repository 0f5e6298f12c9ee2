import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import type { TlsSettings } from '../../../preload/contract/engines'
import { exists } from '../../systemFiles'
import { dockerFolder } from '../../userFolders'
import { dockerAddress } from './dockerHost'
import { place, type Place, type Surroundings } from '../places'
import { namesIn, readJson } from './readSettings'

/** docker's own pattern of a context's name (docker/cli, cli/context/store). */
const contextName = z
  .string()
  .max(100)
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/)

const contextMeta = z.object({
  Name: contextName,
  Endpoints: z.object({
    docker: z.object({ Host: z.string().min(1), SkipTLSVerify: z.boolean().default(false) }),
  }),
})

const dockerConfig = z.object({ currentContext: z.string() })

/**
 * Every context of the docker command, the current one first and as one that was asked for: DOCKER_CONTEXT,
 * else `currentContext` of config.json. Each is kept in `contexts/meta/<sha256 of its name>/meta.json`; those
 * that are broken, or stand elsewhere than their name says, are left out.
 */
export async function dockerContexts(surroundings: Surroundings): Promise<Place[]> {
  const folder = dockerFolder(surroundings)
  const config = dockerConfig.safeParse(await readJson(join(folder, 'config.json')))
  const current = surroundings.env['DOCKER_CONTEXT'] ?? config.data?.currentContext
  const digests = await namesIn(join(folder, 'contexts/meta'))
  const contexts = await Promise.all(digests.map((digest) => readContext(folder, digest)))
  const places = contexts
    .filter((context) => context !== null)
    .map((context) => ({ ...context, asked: context.name === current }))
  return [...places.filter(({ asked }) => asked), ...places.filter(({ asked }) => !asked)]
}

async function readContext(folder: string, digest: string): Promise<Place | null> {
  const { data } = contextMeta.safeParse(
    await readJson(join(folder, 'contexts/meta', digest, 'meta.json')),
  )
  if (!data || createHash('sha256').update(data.Name).digest('hex') !== digest) return null
  const { Host, SkipTLSVerify } = data.Endpoints.docker
  const tls = await contextTls(join(folder, 'contexts/tls', digest, 'docker'), SkipTLSVerify)
  return {
    ...place(`docker context "${data.Name}"`, dockerAddress(Host, tls !== null)),
    name: data.Name,
    tls,
  }
}

/** As docker/cli, cli/context/docker: TLS where there is any file, or its check was turned off. */
async function contextTls(folder: string, skipVerify: boolean): Promise<TlsSettings | null> {
  const [caFile, certFile, keyFile] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map(async (name) => {
      const file = join(folder, name)
      return (await exists(file)) ? file : null
    }),
  )
  const tls = { caFile: caFile ?? null, certFile: certFile ?? null, keyFile: keyFile ?? null }
  if (!skipVerify && Object.values(tls).every((file) => file === null)) return null
  return { ...tls, verify: !skipVerify }
}
