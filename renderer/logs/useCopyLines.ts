import { useClipboard } from '@vueuse/core'
import type { Ref } from 'vue'
import { plainText } from '../../preload/contract/logText'
import { MOST_LINES, type LogLine } from '../../preload/contract/logs'
import { useApi } from '../api'
import { useToasts } from '../ui/useToasts'
import { wholeNumber } from '../format'
import { useWords } from '../words'
import type { Span } from './scrolling'
import type { LogOptions } from './useLogOptions'
import type { OpenLog } from './useOpenLog'

/** More is a file's matter. */
const mostLines = 10_000
const mostCharacters = 16 * 2 ** 20

/** Copies the lines that are shown, the newest if they are too many, and says how many those were. */
export function useCopyLines(
  log: OpenLog,
  shown: Readonly<Ref<Span>>,
  { timestamps }: LogOptions,
  nameOf: (line: LogLine) => string,
) {
  const api = useApi()
  const toasts = useToasts()
  const { t } = useWords()
  const { copy } = useClipboard({ legacy: true })
  let copying = false

  const textOf = (line: LogLine) =>
    [
      ...(log.ids.length > 1 ? [nameOf(line)] : []),
      ...(timestamps.value && line.at ? [line.at] : []),
      plainText(line.text),
    ].join(' ')

  /** The newest of these that are not too much. */
  async function collect(from: number, to: number): Promise<string[]> {
    const texts: string[] = []
    let characters = 0
    for (let next = from; next < to;) {
      const count = Math.min(MOST_LINES, to - next)
      const answer = await log.call((logId) => api.logs.lines({ logId, from: next, count }))
      if (!answer || answer.lines.length === 0) break
      next = answer.from + answer.lines.length
      for (const line of answer.lines) {
        const text = textOf(line)
        characters += text.length
        texts.push(text)
      }
      while (characters > mostCharacters) characters -= texts.shift()?.length ?? 0
    }
    return texts
  }

  async function copyAll(): Promise<void> {
    if (copying) return
    copying = true
    try {
      const { from, to } = shown.value
      const texts = await collect(Math.max(from, to - mostLines), to)
      await copy(`${texts.join('\n')}\n`)
      const all = to - from
      const text =
        texts.length < all
          ? t('logs.copy.some', {
              copied: wholeNumber(texts.length),
              all: wholeNumber(all),
            })
          : t('logs.copy.all', texts.length)
      toasts.show({ tone: 'good', text })
    } catch (error) {
      toasts.problem(error)
    } finally {
      copying = false
    }
  }

  return { copyAll }
}
