import { say } from '../../../preload/contract/say'
import { unknownAuthorityCodes } from '../../certificateCodes'
import { Failure } from '../../errors'
import { systemCodeOf } from '../../systemFiles'

/** What is known of a TLS connection that ended in an error. */
export interface BrokenConnection {
  host: string
  /** Who vouches for the engine was given by a file; else the public authorities count. */
  caGiven: boolean
  /** A client certificate was shown. */
  certificateGiven: boolean
  /** It ended right after both sides had agreed, as far as this side can tell, without any answer. */
  refusedAtOnce: boolean
}

/** What a TLS library says when what answers is not TLS. The words differ between OpenSSL and Electron's BoringSSL. */
const notTls = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|HTTPS_PROXY_REQUEST/

/** Alerts by which a server says that it does not like the client's certificate, or misses it (RFC 8446, 6.2). */
const certificateAlert =
  /CERTIFICATE_REQUIRED|ALERT_(BAD|UNSUPPORTED)_CERTIFICATE|ALERT_CERTIFICATE_|ALERT_UNKNOWN_CA|ALERT_HANDSHAKE_FAILURE|ALERT_ACCESS_DENIED|ALERT_NO_CERTIFICATE|ALERT_DECRYPT_ERROR/

/**
 * A TLS connection's error in words. Errors that are not about TLS stay as they are: what they mean does not
 * depend on the protocol.
 */
export function explainTls(error: Error, broken: BrokenConnection): Error {
  const code = systemCodeOf(error)
  if (code === null || error instanceof Failure) return error
  const more = { engineMessage: error.message, cause: error }
  if (unknownAuthorityCodes.has(code)) return unknown(broken, more)
  switch (code) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return new Failure('untrusted-host', wrongName(broken.host, namesOf(error)), {
        ...more,
        hint: say`Use a name that it is for, or have one issued for this name.`,
      })
    case 'CERT_HAS_EXPIRED':
      return new Failure('untrusted-host', say`The engine's certificate has expired.`, {
        ...more,
        hint: say`Renew it on the engine's host; if it is in order, check the clock of this machine.`,
      })
    case 'CERT_NOT_YET_VALID':
      return new Failure('untrusted-host', say`The engine's certificate is not valid yet.`, {
        ...more,
        hint: say`Check the clocks of this machine and of the engine's host.`,
      })
    case 'INVALID_PURPOSE':
      return new Failure('untrusted-host', say`The engine's certificate is not one of a server.`, {
        ...more,
        hint: say`Issue it with the extended key usage "serverAuth".`,
      })
  }
  const said = wordsOf(error, code)
  if (notTls.test(said)) {
    return new Failure('engine-error', say`What answers there does not speak TLS.`, {
      ...more,
      hint: say`Turn TLS off for this engine, or give the port on which it speaks TLS (mostly 2376).`,
    })
  }
  if (certificateAlert.test(said)) return refused(broken, more)
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') {
    return new Failure('engine-error', say`The engine and Longshore found no common TLS.`, {
      ...more,
      hint: say`Longshore speaks TLS 1.2 and 1.3: update the engine, or its settings.`,
    })
  }
  return code === 'ECONNRESET' || code === 'EPIPE' ? hungUp(error, broken, more) : error
}

function wrongName(host: string, names: string): string {
  return names === ''
    ? say`The engine's certificate is not for "${host}".`
    : say`The engine's certificate is not for "${host}", but for ${names}.`
}

/** `DNS:engine.example`: what the certificate is for, as Node's error tells; empty where it does not. */
function namesOf(error: Error): string {
  const cert = 'cert' in error ? error.cert : null
  if (typeof cert !== 'object' || cert === null || !('subjectaltname' in cert)) return ''
  const { subjectaltname } = cert
  return typeof subjectaltname === 'string' ? subjectaltname.slice(0, 200) : ''
}

/** Before both have agreed Node gives OpenSSL's words in the message (`EPROTO`), afterwards as the code. */
function wordsOf({ message }: Error, code: string): string {
  return `${code} ${message}`.toUpperCase().replaceAll(' ', '_')
}

interface More {
  engineMessage: string
  cause: Error
}

function unknown({ caGiven }: BrokenConnection, more: More): Failure {
  return new Failure(
    'untrusted-host',
    say`Nobody who is trusted vouches for the engine's certificate.`,
    {
      ...more,
      hint: caGiven
        ? say`Give the certificate of the authority that issued the engine's; the one given did not.`
        : say`Give the certificate of the authority that issued the engine's (ca.pem).`,
    },
  )
}

function refused({ certificateGiven }: BrokenConnection, more: More): Failure {
  if (!certificateGiven) {
    return new Failure('unauthorized', say`The engine asks for a client certificate.`, {
      ...more,
      hint: say`Give the files that its administrator issued for you (cert.pem and key.pem).`,
    })
  }
  return new Failure('unauthorized', say`The engine refused the client certificate.`, {
    ...more,
    hint: say`It may have expired, or come from an authority that the engine does not trust: have a new one issued.`,
  })
}

/**
 * In TLS 1.3 a server judges the client's certificate after the client believes that all is well, and its alert
 * can be lost when it hangs up while the request is still under way. It may as well have been stopped just then,
 * so this is no refusal, after which Longshore would wait for the person.
 */
function hungUp(error: Error, broken: BrokenConnection, more: More): Error {
  if (!broken.refusedAtOnce || broken.certificateGiven) return error
  return new Failure('engine-unreachable', say`The engine hung up as soon as TLS was agreed on.`, {
    ...more,
    hint: say`If this goes on, it probably asks for a client certificate: give cert.pem and key.pem.`,
  })
}
