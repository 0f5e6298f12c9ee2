import { homedir } from 'node:os'
import { join } from 'node:path'
import type { EngineAddress } from '../../preload/contract/engines'
import { xdgFolder } from '../userFolders'

/** A place where an engine may listen; its address is as written there, not parsed yet. */
export interface Place extends EngineAddress {
  /** In the person's words: `DOCKER_HOST`, `docker context "colima"`, `Docker, system`. */
  foundBy: string
  /** What an engine would be called that a person adds from here; empty: its host's own name. */
  name: string
  /** Somebody asked for it: tried wherever it is, and worth telling about when nobody answers there. */
  asked: boolean
}

/** What decides where to look; injected so that every platform can be tested on one. */
export interface Surroundings {
  platform: NodeJS.Platform
  env: Record<string, string | undefined>
  home: string
  /** Null on Windows. */
  uid: number | null
  /** What the system's own folders are below; by default `/`. */
  root?: string
}

/** A folder or a file of the system itself: `run`, `etc/containers`. */
export function systemPath({ root = '/' }: Surroundings, path: string): string {
  return join(root, path)
}

/** This process's own surroundings. */
export function hereAndNow(): Surroundings {
  return {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    uid: process.getuid?.() ?? null,
  }
}

/** A place that nobody asked for. */
export function place(foundBy: string, address: string): Place {
  return { foundBy, address, name: '', tls: null, ssh: null, asked: false }
}

/** Where this user's sockets are; null where there is no such folder. */
export function runtimeFolder(surroundings: Surroundings): string | null {
  const { env, uid } = surroundings
  const given = xdgFolder(env, 'XDG_RUNTIME_DIR')
  return given ?? (uid === null ? null : systemPath(surroundings, `run/user/${uid}`))
}
