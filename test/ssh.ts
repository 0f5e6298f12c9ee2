import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Engine, SshSettings } from '../preload/contract/engines'
import { makeKey, startSshd, type Sshd, type SshdOptions } from './bed/sshd'
import { nowhere, openClient, type Client } from './client'

/** A person with a home of their own, whom hosts let in or not. */
export interface Person {
  home: string
  /** Below `.ssh`. */
  file(name: string): string
  /** Writes a file below `.ssh`. */
  keep(name: string, content: string): void
}

/** Home and hosts go with the bed's folder. */
export function newPerson(bedFolder: string): Person {
  const home = mkdtempSync(join(bedFolder, 'home-'))
  mkdirSync(join(home, '.ssh'), { mode: 0o700 })
  const file = (name: string) => join(home, '.ssh', name)
  return {
    home,
    file,
    keep: (name, content) => writeFileSync(file(name), content, { mode: 0o600 }),
  }
}

/** A person with a key. */
export function personWithKey(bedFolder: string): Person {
  const person = newPerson(bedFolder)
  makeKey(person.file('id_ed25519'))
  return person
}

/** A host that lets the person in by the key of that name; stopped after the test. */
export async function hostFor(
  person: Person,
  { key = 'id_ed25519', ...options }: SshdOptions & { key?: string } = {},
): Promise<Sshd> {
  const sshd = await startSshd(join(person.home, '..'), options)
  onTestFinished(() => sshd.stop())
  sshd.authorize(person.file(`${key}.pub`))
  return sshd
}

export interface SshClient extends Client {
  engineId: string
  /** Resolves with the engine's first state that fits. */
  until: (fits: (engine: Engine) => boolean) => Promise<Engine>
}

/** The app of a person who adds an engine that is reached by SSH. */
export async function openSsh(
  person: Person,
  address: string,
  {
    ssh = {},
    env = {},
    dataFolder,
  }: { ssh?: Partial<SshSettings>; env?: Record<string, string>; dataFolder?: string } = {},
): Promise<SshClient> {
  const client = await openClient({
    engine: null,
    surroundings: nowhere(person.home, env),
    ...(dataFolder !== undefined && { dataFolder }),
  })
  const { engineId } = await client.api.engines.add({
    ...{ name: '', address, tls: null },
    ssh: { identityFile: null, jump: null, ...ssh },
  })
  const until = (fits: (engine: Engine) => boolean) =>
    client.engine((engine) => engine.id === engineId && fits(engine))
  return { ...client, engineId, until }
}

export function isConnected({ state }: Engine): boolean {
  return state === 'connected'
}

export function isRefused({ state }: Engine): boolean {
  return state === 'unauthorized'
}
