import type { Credential } from '../credential'

/** How one registry is reached, and as whom. */
export interface RegistryAccess {
  /** `ghcr.io`, `localhost:5000`, `docker.io`. */
  host: string
  /**
   * `http` only by the person's explicit choice. `https-then-http` is for this machine's own registries
   * only: plain HTTP where nothing speaks HTTPS.
   */
  scheme: 'https' | 'http' | 'https-then-http'
  /** Certificates of authorities to trust beside the usual ones, as PEM. */
  ca: string | null
  /** Takes any certificate of this host (not of others): the person's explicit choice. */
  skipVerify: boolean
  /** Null asks as nobody. */
  credential: Credential | null
}
