import type { SecretStore } from './secrets'

/**
 * Shows a notification on the desktop. `onClick`: the person chose it, and our window is before them.
 * `unlessFocused`: nothing is shown while our window has the focus, for it tells the same.
 */
export type Notify = (notification: {
  title: string
  body: string
  onClick: () => void
  unlessFocused?: boolean
}) => void

/** What differs between the two entries: Electron (index.ts) and browser mode (serve.ts). */
export interface Platform {
  mode: 'electron' | 'browser'
  version: string
  /** Where settings and secrets are kept; made when it is missing. */
  dataFolder: string
  /** How the app keeps passwords of its own. */
  secrets: SecretStore
  /** It gets newer releases by itself; else what installed it does. */
  updatesItself?: boolean
  /** What the person should know about how the app runs here, in the language of the moment. */
  notices: () => string[]
  /** Null where the page has to show notifications itself. */
  notify: Notify | null
}
