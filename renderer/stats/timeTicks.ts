import { timeOfDay } from '../format'
import { timeFormat } from '../words/formats'
import type { Span } from './timeView'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Distances of labels that people count in; milliseconds. */
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 5, 7, 10].map((count) => count * day),
]

const hoursAndMinutes = timeFormat({ hour: '2-digit', minute: '2-digit' })
const dayAndMonth = timeFormat({ day: 'numeric', month: 'short' })

interface TimeTick {
  at: number
  text: string
}

/**
 * Round moments within a stretch of time, for its axis: of the person's own clock, so that days begin
 * at midnight there, also across a change to summer time.
 *
 * @param most At most so many.
 */
export function timeTicks({ from, to }: Span, most: number): TimeTick[] {
  const step = steps.find((each) => (to - from) / each <= most) ?? 10 * day
  const ticks: TimeTick[] = []
  for (let at = firstAfter(from, step); at <= to; at = next(at, step)) {
    ticks.push({ at, text: textOf(at, step) })
  }
  return ticks.slice(-most)
}

/** Steps are counted from midnight. */
function firstAfter(from: number, step: number): number {
  const midnight = new Date(from).setHours(0, 0, 0, 0)
  if (step >= day) return midnight === from ? from : addDays(midnight, 1)
  return midnight + Math.ceil((from - midnight) / step) * step
}

/** A day may have 23 or 25 hours: the next label stands at a round time of the clock all the same. */
function next(at: number, step: number): number {
  if (step >= day) return addDays(at, step / day)
  const midnight = new Date(at).setHours(0, 0, 0, 0)
  return Math.min(at + step, addDays(midnight, 1))
}

function addDays(at: number, days: number): number {
  const date = new Date(at)
  return date.setDate(date.getDate() + days)
}

function textOf(at: number, step: number): string {
  const midnight = new Date(at).setHours(0, 0, 0, 0) === at
  if (step >= day || (midnight && step >= minute)) return dayAndMonth(at)
  return (step < minute ? timeOfDay : hoursAndMinutes)(at)
}
