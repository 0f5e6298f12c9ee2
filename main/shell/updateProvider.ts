import { AppImageUpdater, MacUpdater, NsisUpdater, type AppUpdater } from 'electron-updater'
import { GenericProvider } from 'electron-updater/out/providers/GenericProvider.js'
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js'
import { log } from '../log'
import type { UpdateFeed } from './updateFeed'
import { isSignedBy } from './updateSignature'

/**
 * electron-updater's updater for this system. On Linux it checks nothing but the hashes of
 * `latest-linux.yml`; so on every system the file itself has to be signed. macOS and Windows check the
 * signature of the code too.
 */
export function createUpdater(feed: UpdateFeed): AppUpdater {
  const Updater = updaterOf(process.platform)
  const updater = new Updater(signedFeed(feed))
  updater.logger = {
    info: (message) => log.debug({ message }, 'updater'),
    warn: (message) => log.warn({ message }, 'updater'),
    error: (message) => log.warn({ message }, 'updater'),
  }
  return updater
}

function updaterOf(platform: NodeJS.Platform) {
  if (platform === 'darwin') return MacUpdater
  return platform === 'win32' ? NsisUpdater : AppImageUpdater
}

/** What electron-updater takes as a feed: one whose `latest*.yml` is believed only with its `.sig`. */
export function signedFeed({ url, publicKey }: UpdateFeed) {
  class SignedProvider extends GenericProvider {
    constructor(_options: unknown, updater: AppUpdater, runtimeOptions: ProviderRuntimeOptions) {
      super({ provider: 'generic', url }, updater, runtimeOptions)
    }

    /** It would send an id of this installation, for releases that some get before others. */
    override setRequestHeaders(): void {
      super.setRequestHeaders(null)
    }

    /** The file that names the release and its hashes; whatever of it is read has been verified. */
    protected override async httpRequest(
      ...[address, ...rest]: Parameters<GenericProvider['httpRequest']>
    ): Promise<string | null> {
      const content = await super.httpRequest(address, ...rest)
      const signatureAddress = new URL(address)
      signatureAddress.pathname += '.sig'
      const signature = await super.httpRequest(signatureAddress, ...rest)
      if (content !== null && isSignedBy(content, signature ?? '', publicKey)) return content
      throw new Error(`${address.pathname} does not have the signature of Longshore's releases.`)
    }
  }
  return { provider: 'custom' as const, updateProvider: SignedProvider }
}
