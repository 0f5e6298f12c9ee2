import alerts from '../alerts/words.de'
import archives from '../archives/words.de'
import builds from '../builds/words.de'
import copies from '../copies/words.de'
import files from '../files/words.de'
import isolation from '../isolation/words.de'
import settings from '../settings/words.de'
import type { Words } from '.'

/** Every word on screen in German. */
export const german = {
  alerts,
  archives,
  builds,
  copies,
  files,
  isolation,
  settings,
} as Partial<Words> as Words
