import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { issueCertificate, makeAuthority } from './certificates'
import { recordAddresses, sweep } from './folder'
import { chooseAddressBlock, divide, makeBridge } from './network'
import { startRegistry, type Credentials, type RegistryFacts } from './registry'
import { startTokenServer } from './tokenServer'

/** A registry that asks for tokens, and the server that gives them. */
export interface TokenRegistryFacts extends RegistryFacts, Credentials {
  /** What `docker login` keeps of the user instead of a password. */
  identityToken: string
  /** Answers GET with the JSON of every `TokenRequest` so far. */
  tokenRequestsUrl: string
}

/** A registry with TLS, by a certificate of a private authority. */
export interface TlsRegistryFacts extends RegistryFacts {
  /** The authority's certificate, as PEM. */
  caFile: string
  caPem: string
}

/** A registry that this process started. */
interface Started<Facts extends RegistryFacts> {
  /** Plain data. */
  facts: Facts
  /** Ends it and removes what it stored. */
  stop(): Promise<void>
}

/**
 * Starts a registry that asks for tokens, with its token server. Everybody may pull from
 * repositories that begin with `public/`, the user may do everything.
 */
export async function startTokenRegistry(
  parent: string,
  user: Credentials,
): Promise<Started<TokenRegistryFacts>> {
  const folder = mkdtempSync(join(parent, 'tokens-'))
  const tokens = await startTokenServer(folder, user)
  const registry = await startRegistry(folder, { tokens })
  return {
    facts: {
      host: registry.host,
      ...user,
      identityToken: tokens.identityToken,
      tokenRequestsUrl: tokens.requestsUrl,
    },
    async stop() {
      await Promise.all([registry.stop(), tokens.stop()])
      sweep(folder)
    },
  }
}

/**
 * Starts an HTTPS registry with a certificate of an authority of its own, at an address of its own:
 * Docker takes the whole of 127.0.0.0/8, and names that lead there, for insecure and would not look at
 * the certificate. So what is pushed there by an engine without `trustAuthority` is refused, and what
 * is taken shows that the certificate was verified.
 */
export async function startTlsRegistry(parent: string): Promise<Started<TlsRegistryFacts>> {
  const folder = mkdtempSync(join(parent, 'tls-'))
  const block = chooseAddressBlock()
  recordAddresses(folder, block)
  // The random end of the folder's name; an interface's name has at most 15 characters.
  makeBridge(`lst-${folder.slice(-6)}`, block)
  const address = divide(block).gateway
  const authority = makeAuthority(folder)
  const addresses = [address, '127.0.0.1', 'localhost']
  const certificate = issueCertificate(folder, authority, { addresses })
  const registry = await startRegistry(folder, { address, certificate })
  return {
    facts: {
      host: registry.host,
      caFile: authority.certificateFile,
      caPem: readFileSync(authority.certificateFile, 'utf8'),
    },
    async stop() {
      await registry.stop()
      sweep(folder)
    },
  }
}
