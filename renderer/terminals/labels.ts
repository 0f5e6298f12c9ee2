import type { Terminal } from '../../preload/contract/terminals'
import type { useWords } from '../words'

type Words = ReturnType<typeof useWords>['t']

/** What a terminal is called: by its program, and whom it runs as; by its image; or the main process. */
function plainLabel({ kind, command, user, image }: Terminal, t: Words): string {
  if (kind === 'attach') return t('terminals.label.attach')
  if (kind === 'debug') return t('terminals.label.debug', { image: shortImage(image ?? '') })
  const program = command[0]?.split('/').at(-1) ?? ''
  return user === ''
    ? t('terminals.label.exec', { program })
    : t('terminals.label.execAs', { program, user })
}

/** The last part of an image's name, without its tag. */
export function shortImage(image: string): string {
  const name = image.split('/').at(-1) ?? ''
  return name.split(/[:@]/)[0] ?? name
}

/** The terminals of one container with what they are called: those that would be called the same are counted. */
export function labelled(
  terminals: readonly Terminal[],
  t: Words,
): { terminal: Terminal; label: string }[] {
  const seen = new Map<string, number>()
  return terminals.map((terminal) => {
    const plain = plainLabel(terminal, t)
    const number = (seen.get(plain) ?? 0) + 1
    seen.set(plain, number)
    const label =
      number === 1 ? plain : t('terminals.label.numbered', { label: plain, number: String(number) })
    return { terminal, label }
  })
}

/** How a terminal ended, in a sentence. */
export function endOf({ kind, exitCode, problem }: Terminal, t: Words): string {
  if (problem) return problem.message
  if (exitCode === null) return t(`terminals.ended.${kind === 'attach' ? 'detached' : 'unknown'}`)
  if (exitCode === 0) return t('terminals.ended.ok')
  if (kind === 'exec' && exitCode === 126) return t('terminals.ended.notExecutable')
  if (kind === 'exec' && exitCode === 127) return t('terminals.ended.notFound')
  if (exitCode > 128 && exitCode <= 128 + 64) {
    return t('terminals.ended.signal', { signal: exitCode - 128, code: exitCode })
  }
  return t('terminals.ended.code', { code: exitCode })
}
