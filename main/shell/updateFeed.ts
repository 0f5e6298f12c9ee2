declare global {
  interface ImportMetaEnv {
    readonly MAIN_VITE_UPDATE_URL?: string
    readonly MAIN_VITE_UPDATE_KEY?: string
  }
}

/** Where releases are announced, and whose signature they carry. */
export interface UpdateFeed {
  /** Folder of `latest*.yml`, with the packages beside it. */
  url: string
  /** Base64 of an Ed25519 key's SubjectPublicKeyInfo in DER. */
  publicKey: string
}

/** What `npm run dist` was told, fixed when the app is built; null: this build does not update itself. */
export const builtInFeed = feedOf(
  import.meta.env.MAIN_VITE_UPDATE_URL,
  import.meta.env.MAIN_VITE_UPDATE_KEY,
)

function feedOf(url: string | undefined, publicKey: string | undefined): UpdateFeed | null {
  return url && publicKey ? { url, publicKey } : null
}

/**
 * Whether the app may replace itself here. Linux: an AppImage, which is a file of the person's; what
 * came as deb, rpm or Flatpak is updated by what installed it.
 */
export function updatesItself(
  feed: UpdateFeed | null,
  { isPackaged }: { isPackaged: boolean },
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): feed is UpdateFeed {
  if (feed === null || !isPackaged) return false
  return platform === 'darwin' || platform === 'win32' || env['APPIMAGE'] !== undefined
}
