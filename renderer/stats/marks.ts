import {
  Bell,
  HeartPulse,
  MemoryStick,
  Pause,
  Play,
  Replace,
  SlidersHorizontal,
  Square,
  StepForward,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { Mark } from '../../preload/contract/stats'
import { bytes, percent, shortId } from '../format'
import type { Tone } from '../ui/tones'
import type { useWords } from '../words'
import { shareAt, type Span } from './timeView'
import type { ContainerMark } from './useMarks'

type Words = ReturnType<typeof useWords>['t']

export const markIcons: Readonly<Record<Mark['kind'], Component>> = {
  start: Play,
  stop: Square,
  pause: Pause,
  unpause: StepForward,
  oom: MemoryStick,
  health: HeartPulse,
  limits: SlidersHorizontal,
  replaced: Replace,
  alert: Bell,
}

/** How bad it is. */
export function markTone(mark: Mark): Tone {
  switch (mark.kind) {
    case 'oom':
      return 'bad'
    case 'stop':
      return mark.exitCode === 0 || mark.exitCode === null ? 'off' : 'bad'
    case 'health':
      return mark.health === 'unhealthy' ? 'bad' : mark.health === 'healthy' ? 'good' : 'busy'
    case 'alert':
      return 'warning'
    case 'start':
    case 'unpause':
      return 'good'
    case 'pause':
    case 'limits':
    case 'replaced':
      return 'busy'
  }
}

/** What happened, in words. */
export function markWords(mark: Mark, t: Words): string {
  switch (mark.kind) {
    case 'stop':
      return mark.exitCode === null
        ? t('stats.marks.stop')
        : t('stats.marks.stopWithCode', { code: mark.exitCode })
    case 'oom':
      return t('stats.marks.oom', mark.kills)
    case 'health':
      return t(`stats.marks.health.${mark.health}`)
    case 'limits': {
      const none = t('stats.noLimit')
      const { cpuLimitPercent, memoryLimitBytes, processesLimit } = mark
      return t('stats.marks.limits', {
        cpu: cpuLimitPercent === null ? none : percent(cpuLimitPercent),
        memory: memoryLimitBytes === null ? none : bytes(memoryLimitBytes),
        processes: processesLimit === null ? none : String(processesLimit),
      })
    }
    case 'replaced':
      return t('stats.marks.replaced', { id: shortId(mark.previousId) })
    case 'alert':
      return t('stats.marks.alert', { rule: mark.rule })
    case 'start':
    case 'pause':
    case 'unpause':
      return t(`stats.marks.${mark.kind}`)
  }
}

/** Marks that stand too close to be told apart, as one sign on the time axis. */
export interface MarkSign {
  /** Where it stands: 0 at the left edge, 1 at the right. */
  share: number
  marks: ContainerMark[]
  /** The worst of them gives the sign its look. */
  worst: Mark
}

const signPixels = 14
const severity: readonly Tone[] = ['bad', 'warning', 'busy', 'good', 'off']
const rank = (mark: Mark) => severity.indexOf(markTone(mark))

/** @param width Of the plot, CSS pixels. */
export function signsOf(marks: readonly ContainerMark[], span: Span, width: number): MarkSign[] {
  const signs: MarkSign[] = []
  for (const each of marksWithin(marks, span)) {
    const share = shareAt(span, each.mark.at)
    const last = signs.at(-1)
    if (!last || (share - last.share) * width >= signPixels) {
      signs.push({ share, marks: [each], worst: each.mark })
      continue
    }
    last.marks.push(each)
    if (rank(each.mark) < rank(last.worst)) last.worst = each.mark
  }
  return signs
}

export const marksWithin = (marks: readonly ContainerMark[], { from, to }: Span) =>
  marks.filter(({ mark }) => mark.at >= from && mark.at <= to)
