import alerts from '../alerts/words.de'
import allEngines from '../allEngines/words.de'
import archives from '../archives/words.de'
import builds from '../builds/words.de'
import compare from '../compare/words.de'
import containers from '../containers/words.de'
import copies from '../copies/words.de'
import dashboard from '../dashboard/words.de'
import desktop from '../desktop/words.de'
import engines from '../engines/words.de'
import files from '../files/words.de'
import guide from '../guide/words.de'
import images from '../images/words.de'
import isolation from '../isolation/words.de'
import jobs from '../jobs/words.de'
import layers from '../layers/words.de'
import lazy from '../lazy/words.de'
import logs from '../logs/words.de'
import networks from '../networks/words.de'
import processes from '../processes/words.de'
import registries from '../registries/words.de'
import samples from '../samples/words.de'
import session from '../session/words.de'
import settings from '../settings/words.de'
import shell from '../shell/words.de'
import stats from '../stats/words.de'
import terminals from '../terminals/words.de'
import ui from '../ui/words.de'
import volumes from '../volumes/words.de'
import type { Words } from '.'

/** Every word on screen in German. */
export const german: Words = {
  alerts,
  allEngines,
  archives,
  builds,
  compare,
  containers,
  copies,
  dashboard,
  desktop,
  engines,
  files,
  guide,
  images,
  isolation,
  jobs,
  layers,
  lazy,
  logs,
  networks,
  processes,
  registries,
  samples,
  session,
  settings,
  shell,
  stats,
  terminals,
  ui,
  volumes,
}
