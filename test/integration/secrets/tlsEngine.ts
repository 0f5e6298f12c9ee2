import { readFileSync } from 'node:fs'
import { expect, onTestFinished } from 'vitest'
import type { Api } from '../../../preload/contract'
import type { TlsSettings } from '../../../preload/contract/engines'
import type { EngineFacts } from '../../bed'
import { issueCertificate, makeAuthority } from '../../bed/certificates'
import { startTlsFront } from '../../bed/tlsFront'
import { engineOf } from '../../client'
import { plain } from './leaks'

/**
 * Adds the engine again, behind TLS that wants a client's certificate, and gives the private key where it
 * belongs and where it does not. Resolves with what the key's file holds that is secret, and all errors.
 */
export async function useTlsEngine(api: Api, engine: EngineFacts, parent: string) {
  const authority = makeAuthority(parent)
  const certificate = issueCertificate(parent, authority, { addresses: ['127.0.0.1'] })
  const front = await startTlsFront(engine, { certificate, clientsFrom: authority })
  onTestFinished(() => front.stop())
  const mine = issueCertificate(parent, authority, {})
  const tls: TlsSettings = {
    caFile: authority.certificateFile,
    certFile: mine.certificateFile,
    keyFile: mine.keyFile,
    verify: true,
  }
  const settings = { name: 'secure', address: `tcp://127.0.0.1:${front.port}`, ssh: null }
  const errors: unknown[] = []
  const wrong: Partial<TlsSettings>[] = [
    { caFile: mine.keyFile },
    { certFile: mine.keyFile },
    { keyFile: certificate.keyFile },
    { keyFile: null },
  ]
  for (const changes of wrong) {
    const trial = api.engines.test({ ...settings, tls: { ...tls, ...changes } })
    await trial.then(
      (answer) => expect.fail(`It was let in: ${JSON.stringify(answer)}`),
      (error: unknown) => errors.push(plain(error)),
    )
  }
  const { engineId } = await api.engines.add({ ...settings, tls })
  await engineOf(api, ({ id, state }) => id === engineId && state === 'connected')
  return { errors, secrets: secretsOf({ mine: mine.keyFile, other: certificate.keyFile }) }
}

/** Of each key of an elliptic curve, the two lines of its PEM that its secret number lies in. */
function secretsOf(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).flatMap(([whose, file]) => {
      const [, first = '', second = ''] = readFileSync(file, 'utf8').split('\n')
      // Before it stand the names of the algorithm and of the curve, which are the same in each.
      return [
        [`${whose} key, first line`, first.slice(48)],
        [`${whose} key, second line`, second],
      ]
    }),
  )
}
