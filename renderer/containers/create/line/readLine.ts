import type {
  ContainerSettings,
  NetworkSetting,
} from '../../../../preload/contract/containerSettings'
import { joinShellWords } from '../../../../preload/contract/shellWords'
import { Draft } from './draft'
import type { LineNote } from './notes'
import { withOptions } from './networks'
import { programOptions } from './otherOptions'
import { readOptions } from './readOptions'
import { readScript, type ScriptWord } from './script'

export type ReadLine =
  | { ok: true; settings: ContainerSettings; start: boolean; notes: LineNote[] }
  | { ok: false; reason: 'unclosed-quote' | 'trailing-backslash' | 'no-command' | 'no-image' }

/** `$ ` and its like before a command, as documentation shows it. */
const prompt = /^[^\n]*?[$#%>][ \t]+(?=(?:sudo\s|docker\s|podman\s|nerdctl\s))/gm
const programs = new Map([
  ['docker', false],
  ['nerdctl', false],
  ['podman', true],
])

interface EngineCommand {
  verb: 'run' | 'create' | 'connect'
  isPodman: boolean
  words: ScriptWord[]
}

/**
 * Reads `docker run …` (or `podman`, `container run`, `create`), with `network connect` of the same
 * container after it, into settings. What cannot be taken over is told in `notes`.
 */
export function readLine(text: string): ReadLine {
  const script = readScript(text.replaceAll(prompt, ''))
  if (!script.ok) return script
  const commands = script.commands.map((words) => ({ words, engine: engineCommand(words) }))
  const making = commands.find(({ engine }) => engine !== null && engine.verb !== 'connect')?.engine
  if (!making) return { ok: false, reason: 'no-command' }
  const draft = new Draft(making.isPodman)
  const [image, ...command] = readOptions(draft, textsOf(making.words))
  if (image === undefined || !draft.set('image', image)) return { ok: false, reason: 'no-image' }
  draft.set('command', command)
  draft.finish()
  for (const { words, engine } of commands) {
    if (engine === making) continue
    const network = engine?.verb === 'connect' ? connected(engine) : null
    if (network === null || !draft.add('networks', network)) {
      draft.note('other-command', joinShellWords(textsOf(words)))
    }
  }
  for (const { text: word, expands } of making.words) if (expands) draft.note('unexpanded', word)
  const { settings, notes } = draft
  return { ok: true, settings, start: making.verb === 'run', notes }
}

const textsOf = (words: readonly ScriptWord[]) => words.map(({ text }) => text)

/** Null for a command that is another program's or does something else. */
function engineCommand(words: readonly ScriptWord[]): EngineCommand | null {
  const texts = textsOf(words)
  let at = 0
  while (/^\w+=/.test(texts[at] ?? '') || /^(?:sudo|exec|time|command)$/.test(texts[at] ?? '')) {
    const isSudo = texts[at++] === 'sudo'
    // `sudo -E`, `sudo -u me`
    while (isSudo && (texts[at] ?? '').startsWith('-')) {
      at += /^-[ugp]$/.test(texts[at] ?? '') ? 2 : 1
    }
  }
  const program = (texts[at] ?? '').replace(/^.*[/\\]/, '').replace(/\.exe$/i, '')
  const isPodman = programs.get(program)
  if (isPodman === undefined) return null
  at++
  while ((texts[at] ?? '').startsWith('-')) at += programOptions.has(texts[at] ?? '') ? 2 : 1
  const group = texts[at] === 'container' || texts[at] === 'network' ? texts[at++] : null
  const verb = texts[at]
  if (group !== 'network' && (verb === 'run' || verb === 'create')) {
    return { verb, isPodman, words: words.slice(at + 1) }
  }
  return group === 'network' && verb === 'connect'
    ? { verb, isPodman, words: words.slice(at + 1) }
    : null
}

/** `network connect [--alias a] [--ip …] network container` */
function connected({ words }: EngineCommand): NetworkSetting | null {
  const options: string[] = []
  const others: string[] = []
  const texts = textsOf(words)
  for (let at = 0; at < texts.length; at++) {
    const [, name, value] = /^--(alias|ip6?)(?:=(.*))?$/.exec(texts[at] ?? '') ?? []
    if (name === undefined) others.push(texts[at] ?? '')
    else options.push(`${name}=${value ?? texts[++at] ?? ''}`)
  }
  const [network, container, more] = others
  const isUnderstood = container !== undefined && more === undefined
  if (network === undefined || !isUnderstood || network.startsWith('-')) return null
  const read = withOptions(network, options)
  return read === null || read.left.length > 0 ? null : read.network
}
