import settings from '../settings/words.de'
import type { Words } from '.'

/** Every word on screen in German. */
export const german = { settings } as Partial<Words> as Words
