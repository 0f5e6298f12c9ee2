import { arch, homedir, release, type as systemName } from 'node:os'
import type { Engine } from '../../preload/contract/engines'
import type { Settings } from '../../preload/contract/settings'
import { lastLogLines } from '../logFile'
import { maskText } from '../maskedText'
import type { Platform } from '../platform'
import type { Services } from '../rpc/implementer'
import type { SecretStore } from '../secrets'

const logLines = 200

/**
 * What helps to find out why something does not work, as a text that can be shown to others: versions,
 * engines, settings and the end of the log, without secrets and without who or where the engines are.
 */
export async function diagnosticsText(
  services: Pick<Services, 'platform' | 'settings' | 'engines'>,
  home = homedir(),
): Promise<string> {
  const { platform, settings, engines } = services
  const lines = await lastLogLines(platform.dataFolder, logLines)
  const text = [
    ...aboutLines(platform),
    '',
    'Engines',
    ...engineLines(engines.live.value.engines),
    '',
    'Settings',
    settingsText(await settings.read()),
    '',
    `Log, the last ${lines.length} lines`,
    ...lines,
    '',
  ].join('\n')
  return maskText(text, await knownSecrets(platform.secrets), home)
}

function aboutLines({ version, mode, secrets }: Platform): string[] {
  const { node, electron, chrome } = process.versions
  const runs = mode === 'electron' ? `Electron ${electron}, Chromium ${chrome}` : 'without Electron'
  return [
    `Longshore ${version}, ${mode === 'electron' ? 'desktop app' : 'browser mode'}`,
    `${systemName()} ${release()} ${arch()}, Node ${node}, ${runs}`,
    `Running for ${Math.round(process.uptime())} s, passwords kept in: ${secrets.protection}`,
  ]
}

function engineLines(engines: readonly Engine[]): string[] {
  if (engines.length === 0) return ['none']
  return engines.map((engine, index) => {
    const { kind, version, apiVersion, platform, state, rootless, statsSource, problem } = engine
    const facts = [
      `${kind ?? 'unknown'} ${version ?? '?'} (API ${apiVersion ?? '?'})`,
      platform ?? 'platform unknown',
      ...(rootless ? ['rootless'] : []),
      `by ${engine.endpoint.split(':')[0] ?? '?'}`,
      `statistics by ${statsSource ?? 'nothing yet'}`,
      `${state} since ${new Date(engine.stateSince).toISOString()}`,
      // Its words may name the host.
      ...(problem ? [`problem: ${problem.code}`] : []),
    ]
    return `${index + 1}. ${facts.join(', ')}`
  })
}

/** Without what a person typed: the last build, and what tables are filtered by. */
function settingsText(settings: Settings): string {
  const told = Object.entries(settings).filter(
    ([name]) => name !== 'buildForm' && name !== 'tables',
  )
  return JSON.stringify(Object.fromEntries(told), null, 1)
}

/** The passwords that the app keeps itself; none where their store stays shut. */
async function knownSecrets(store: SecretStore): Promise<string[]> {
  try {
    const kept = await store.read()
    return kept === null ? [] : textsIn(JSON.parse(kept))
  } catch {
    return []
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
