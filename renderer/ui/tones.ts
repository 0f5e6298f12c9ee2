/** What a colour says about a thing's state; an icon and a word always go with it. */
export type Tone = 'good' | 'busy' | 'warning' | 'bad' | 'off'

/** The text colour of each tone. Whole class names, so that Tailwind finds them. */
export const toneText: Readonly<Record<Tone, string>> = {
  good: 'text-good',
  busy: 'text-busy',
  warning: 'text-warning',
  bad: 'text-bad',
  off: 'text-off',
}
