import { z } from 'zod'
import { moment, procedure, stream } from './base'
import { comparableFigures } from './figures'
import { say } from './say'

/** As many rules as there can be. */
export const mostAlertRules = 200

/** A rule as a person writes it. */
export const alertRuleDraft = z.object({
  name: z
    .string()
    .trim()
    .min(1, { error: () => say`A name.` })
    .max(100),
  metric: z.enum(comparableFigures),
  comparison: z.enum(['above', 'below']),
  /** In the metric's unit (`unitOf`). */
  threshold: z.number().min(0).max(1e15),
  /** How long it must hold, in measured time; 0: the first figure is enough. */
  forSeconds: z.int().min(0).max(86_400),
  /** A container's name, where `*` stands for any characters and `?` for one; empty: every container. */
  container: z.string().trim().max(255),
  /** A label's `key`, or `key=value` with `*` and `?` in the value; empty: with or without labels. */
  label: z
    .string()
    .trim()
    .max(512)
    .regex(/^(?:[^=]|$)/, { error: () => say`A label begins with its key: key, or key=value.` }),
  enabled: z.boolean(),
})
export type AlertRuleDraft = z.infer<typeof alertRuleDraft>

export const alertRule = alertRuleDraft.extend({
  /** Made by main. */
  id: z.uuid(),
})
export type AlertRule = z.infer<typeof alertRule>

/** A rule that is met by a container now. */
export interface ActiveAlert {
  ruleId: string
  engineId: string
  containerId: string
  containerName: string
  /** When it was raised. */
  since: number
  /** The figure that raised it. */
  value: number
}

/** That an alert was raised, or that it ended. */
export const alertEvent = z.object({
  kind: z.enum(['raised', 'ended']),
  at: moment,
  ruleId: z.uuid(),
  ruleName: z.string().max(100),
  engineId: z.string().max(64),
  containerId: z.string().max(64),
  containerName: z.string().max(255),
  metric: z.enum(comparableFigures),
  /**
   * The figure that raised or ended it. Null: it ended because nobody could tell any more (the container
   * stopped, the rule was changed, Longshore was closed).
   */
  value: z.number().nullable(),
  threshold: z.number(),
})
export type AlertEvent = z.infer<typeof alertEvent>

/** As many events as are kept. */
export const mostAlertEvents = 200

export interface AlertsMessage {
  /** The oldest first. */
  rules: AlertRule[]
  /** The newest first. */
  active: ActiveAlert[]
  /** The newest first. */
  recent: AlertEvent[]
  /** Who shows notifications on the desktop: main, or the page, as in browser mode. */
  notifiedBy: 'main' | 'page'
}

/** The container of a notification that the person clicked on. */
export interface AlertOpened {
  engineId: string
  containerId: string
}

export const alerts = {
  /** Everything about alerts: all again whenever a rule is changed, or an alert is raised or ends. */
  watch: procedure.output(stream<AlertsMessage>()),
  /** The notifications that are clicked on from now on, on any desktop that main notifies. */
  opened: procedure.output(stream<AlertOpened>()),
  /** Adds a rule, or changes the one with this id. A changed condition is judged anew. */
  save: procedure.input(alertRuleDraft.extend({ id: z.uuid().optional() })).output(alertRule),
  /** Ends the rule's alerts too. */
  remove: procedure.input(z.object({ id: z.uuid() })).output(z.void()),
  /** Empties `recent`; what is active stays so. */
  clearRecent: procedure.output(z.void()),
}
