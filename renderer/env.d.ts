/// <reference types="vite/client" />
import type { Bridge } from '../preload/contract/bridge'

declare global {
  interface Window {
    /** Preload's bridge; absent in browser mode. */
    readonly longshore?: Bridge
  }
}
