import contract from '../../preload/contract/words.de'
import alerts from '../alerts/words.de'
import archives from '../archives/words.de'
import builds from '../builds/words.de'
import containers from '../containers/words.de'
import copies from '../copies/words.de'
import engines from '../engines/words.de'
import enginesHostKeys from '../engines/hostKeys/words.de'
import enginesSsh from '../engines/ssh/words.de'
import enginesTls from '../engines/tls/words.de'
import files from '../files/words.de'
import images from '../images/words.de'
import isolation from '../isolation/words.de'
import jobs from '../jobs/words.de'
import layers from '../layers/words.de'
import logs from '../logs/words.de'
import networks from '../networks/words.de'
import processes from '../processes/words.de'
import registries from '../registries/words.de'
import registriesProtocol from '../registries/protocol/words.de'
import samples from '../samples/words.de'
import streams from '../streams/words.de'
import terminals from '../terminals/words.de'
import volumes from '../volumes/words.de'
import shared from './words.de'

/** Each sentence that this process says to the person, in German. */
export const german = {
  ...contract,
  ...alerts,
  ...archives,
  ...builds,
  ...containers,
  ...copies,
  ...engines,
  ...enginesHostKeys,
  ...enginesSsh,
  ...enginesTls,
  ...files,
  ...images,
  ...isolation,
  ...jobs,
  ...layers,
  ...logs,
  ...networks,
  ...processes,
  ...registries,
  ...registriesProtocol,
  ...samples,
  ...streams,
  ...terminals,
  ...volumes,
  ...shared,
}
