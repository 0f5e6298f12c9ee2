import type { EngineSettings } from '../../../preload/contract/engines'
import { takeAddress } from './takeAddress'

/** How an engine is reached, as people choose it. */
export const ways = ['socket', 'tcp', 'ssh'] as const
export type Way = (typeof ways)[number]

/** How much a `tcp://` engine has to prove. */
export const securities = ['verified', 'unverified', 'none'] as const
export type Security = (typeof securities)[number]

/** An engine as it is typed; what belongs to the other ways is kept while one is chosen. */
export interface EngineText {
  way: Way
  name: string
  /** A path, or a pipe's name on Windows. */
  socket: string
  host: string
  port: string
  security: Security
  caFile: string
  certFile: string
  keyFile: string
  user: string
  sshHost: string
  sshPort: string
  /** The engine's socket on the SSH host. */
  path: string
  identityFile: string
  jump: string
}

export const newEngine: Readonly<EngineText> = {
  way: 'socket',
  name: '',
  socket: '',
  host: '',
  port: '2376',
  security: 'verified',
  caFile: '',
  certFile: '',
  keyFile: '',
  user: '',
  sshHost: '',
  sshPort: '',
  path: '',
  identityFile: '',
  jump: '',
}

/** What was given when the engine was added, to be changed. */
export function textOf({ name, address, tls, ssh }: EngineSettings): EngineText {
  return {
    ...newEngine,
    ...takeAddress(address),
    name,
    security: tls === null ? 'none' : tls.verify ? 'verified' : 'unverified',
    caFile: tls?.caFile ?? '',
    certFile: tls?.certFile ?? '',
    keyFile: tls?.keyFile ?? '',
    identityFile: ssh?.identityFile ?? '',
    jump: ssh?.jump ?? '',
  }
}
