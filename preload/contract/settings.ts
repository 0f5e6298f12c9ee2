import { z } from 'zod'
import { procedure, stream } from './base'
import { buildForm } from './builds'

/** What a table remembers. */
export const tableView = z.object({
  sortBy: z.string().max(64).nullable().default(null),
  descending: z.boolean().default(false),
  grouped: z.boolean().default(false),
  /** The chosen filter, by the page's own names. */
  filter: z.string().max(64).nullable().default(null),
})
export type TableView = z.infer<typeof tableView>

/** How much time the charts show while they follow what happens. */
export const statsRanges = ['1m', '5m', '15m', '1h', '6h', '24h', '7d', '30d'] as const
export type StatsRange = (typeof statsRanges)[number]

/** How logs are shown. */
export const logView = z.object({
  wrap: z.boolean().default(false),
  timestamps: z.boolean().default(false),
  /** Times in UTC instead of the person's own zone. */
  utc: z.boolean().default(false),
})
export type LogView = z.infer<typeof logView>

/** How terminals are shown. */
export const terminalView = z.object({
  /** CSS pixels. */
  fontSize: z.int().min(8).max(32).default(13),
  /** Lines that are kept above the screen, of terminals that are opened from now on. */
  scrollback: z.int().min(0).max(20_000).default(5_000),
  /** What is on the screen is told to screen readers. */
  screenReader: z.boolean().default(false),
  /** What debug shells were run from last. */
  debugImage: z.string().max(512).nullable().default(null),
})
export type TerminalView = z.infer<typeof terminalView>

/** The languages that every word on screen is in. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

export const settingsValues = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** `system`: the first of the person's languages that there are words in. */
  language: z.enum(['system', ...languages]).default('system'),
  /** The guide for those who are new was opened and left. */
  guideSeen: z.boolean().default(false),
  /** The engine shown last. */
  engineId: z.string().max(64).nullable().default(null),
  /** Width of the details panel, CSS pixels. */
  panelWidth: z.number().min(280).max(1_600).default(480),
  tables: z.record(z.string().max(64), tableView).default({}),
  statsRange: z.enum(statsRanges).default('5m'),
  /** Tell on the desktop when a long job ends while nobody looks. */
  notifyJobs: z.boolean().default(true),
  /** Desktop app: closing the window leaves Longshore in the tray. */
  closeToTray: z.boolean().default(false),
  /** Desktop app: it starts with the person's session, without its window. */
  startAtLogin: z.boolean().default(false),
  /** Desktop app that updates itself: newer releases are looked for and got. */
  checkForUpdates: z.boolean().default(true),
  /** What was built last. */
  buildForm: buildForm.nullable().default(null),
  logView: logView.default(logView.parse({})),
  terminal: terminalView.default(terminalView.parse({})),
})
export type Settings = z.infer<typeof settingsValues>

/**
 * The language that a choice stands for: for `system`, the first of the person's (`de-CH`, `en`, …, the
 * preferred one first) that there are words in.
 */
export function languageOf(chosen: Settings['language'], preferred: readonly string[]): Language {
  if (chosen !== 'system') return chosen
  const known = preferred.map((tag) => {
    const language = tag.split('-')[0]?.toLowerCase()
    return languages.find((each) => each === language)
  })
  return known.find((language) => language !== undefined) ?? 'en'
}

export const settings = {
  read: procedure.output(settingsValues),
  /** All of them, at once and at each change. */
  watch: procedure.output(stream<Settings>()),
  /** Changes the given keys and keeps the others. */
  change: procedure
    .input(
      z.object({
        theme: settingsValues.shape.theme.unwrap().optional(),
        language: settingsValues.shape.language.unwrap().optional(),
        guideSeen: settingsValues.shape.guideSeen.unwrap().optional(),
        engineId: settingsValues.shape.engineId.unwrap().optional(),
        panelWidth: settingsValues.shape.panelWidth.unwrap().optional(),
        tables: settingsValues.shape.tables.unwrap().optional(),
        statsRange: settingsValues.shape.statsRange.unwrap().optional(),
        notifyJobs: settingsValues.shape.notifyJobs.unwrap().optional(),
        closeToTray: settingsValues.shape.closeToTray.unwrap().optional(),
        startAtLogin: settingsValues.shape.startAtLogin.unwrap().optional(),
        checkForUpdates: settingsValues.shape.checkForUpdates.unwrap().optional(),
        buildForm: settingsValues.shape.buildForm.unwrap().optional(),
        logView: settingsValues.shape.logView.unwrap().optional(),
        terminal: settingsValues.shape.terminal.unwrap().optional(),
      }),
    )
    .output(settingsValues),
}
