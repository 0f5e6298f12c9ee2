import { readIgnorePatterns } from '../../../main/builds/ignorePatterns'
import { dockerfileFacts } from '../../../main/builds/dockerfile'
import { parseEvent } from '../../../main/engines/dialect/event'
import { parseEndpoint, parseSshHost } from '../../../main/engines/endpoint'
import { parseKnownHosts } from '../../../main/engines/hostKeys/knownHosts'
import { readAnswers } from '../../../main/engines/ssh/sshCommand'
import { parseListing } from '../../../main/files/listByPrograms'
import { readNewName, readReference } from '../../../main/images/names'
import { parseMaximum, parseWeight } from '../../../main/isolation/limits/common'
import { parseNamespaceLink } from '../../../main/isolation/namespaces'
import { parseCommandLine, parseCpuMillis } from '../../../main/isolation/processes'
import { parseProtections } from '../../../main/isolation/security'
import { parseJson } from '../../../main/keptFile'
import { parseLaunch } from '../../../main/launch'
import { levelOf } from '../../../main/logs/level'
import { readEnvironment } from '../../../main/masking'
import { parseTop } from '../../../main/processes/engineTop'
import { parseStat } from '../../../main/processes/kernel'
import { readAuthFile } from '../../../main/registries/authFile'
import { parseChallenges } from '../../../main/registries/challenge'
import { readIndex, readManifest } from '../../../main/registries/content'
import { readHubAnswer } from '../../../main/registries/hubSearch'
import { nextQuery } from '../../../main/registries/protocol/link'
import { parseLink } from '../../../main/shell/links'
import { parseProcCgroup } from '../../../main/stats/cgroupPath'
import { readProgressMessage } from '../../../main/streams/progressMessage'
import { parseAddress, parseBlock } from '../../../preload/contract/addresses'
import { parseReference } from '../../../preload/contract/reference'
import { readShellMessage } from '../../../preload/contract/shellMessage'
import { splitShellWords } from '../../../preload/contract/shellWords'
import { readBytes, readCores, readCount } from '../../../renderer/amounts'
import { parseDotEnv } from '../../../renderer/containers/create/dotEnv'
import { readDuration, readSize, readWhole } from '../../../renderer/containers/create/line/amounts'
import { splitCsv, splitPair } from '../../../renderer/containers/create/line/csv'
import { readMount, readTmpfs, readVolume } from '../../../renderer/containers/create/line/mounts'
import { readNetwork } from '../../../renderer/containers/create/line/networks'
import { readPublish } from '../../../renderer/containers/create/line/ports'
import { readLine } from '../../../renderer/containers/create/line/readLine'
import { readScript } from '../../../renderer/containers/create/line/script'
import { readDays } from '../../../renderer/images/prune/criteria'
import { parseObject } from '../../../renderer/logs/json'
import { parseMoment } from '../../../renderer/logs/moment'
import { readTyped } from '../../../renderer/registries/browse/typed'
import { readMirrors } from '../../../renderer/registries/settings/mirrors'

/** What reads a text that others write. It may throw a Failure (or `LaunchError`), and nothing else. */
export const textParsers: Readonly<Record<string, (text: string) => unknown>> = {
  parseEndpoint,
  parseSshHost,
  parseKnownHosts,
  readAnswers,
  readIgnorePatterns: (text) => readIgnorePatterns(text, []),
  dockerfileFacts,
  parseListing: (text) => parseListing(Buffer.from(text), 'mark', '/folder'),
  readNewName,
  readReference,
  parseReference,
  parseLink,
  parseMaximum,
  parseWeight: (text) => parseWeight('cpu-weight', text, 100),
  parseNamespaceLink,
  parseCommandLine,
  parseCpuMillis,
  parseStat,
  parseProtections,
  parseJson,
  parseLaunch: (text) => parseLaunch([text, '--engine', text]),
  levelOf,
  parseChallenges,
  readHubAnswer,
  nextQuery,
  parseProcCgroup,
  parseAddress,
  parseBlock,
  splitShellWords,
  readBytes,
  readCores,
  readCount,
  parseDotEnv,
  readDuration,
  readSize,
  readWhole,
  splitCsv,
  splitPair: (text) => splitPair(text),
  readMount,
  readTmpfs,
  readVolume,
  readNetwork: (text) => readNetwork(text, true),
  readPublish,
  readLine,
  readScript,
  readDays,
  parseObject,
  parseMoment: (text) => parseMoment(text, 1_700_000_000_000, true),
  readTyped: (text) => readTyped('localhost:5000', text),
  readMirrors,
}

/** What reads JSON that engines, registries and other programs answer with or keep. The same holds. */
export const jsonParsers: Readonly<Record<string, (json: unknown) => unknown>> = {
  readShellMessage,
  parseEvent,
  parseTop,
  readAuthFile,
  readIndex: (json) => readIndex(manifestOf(json)),
  readManifest: (json) => readManifest(manifestOf(json)),
  readProgressMessage,
  readEnvironment: (json) =>
    readEnvironment(Array.isArray(json) ? json.map((each) => JSON.stringify(each)) : [], false),
}

function manifestOf(json: unknown): Parameters<typeof readManifest>[0] {
  return {
    json: typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : {},
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: `sha256:${'a'.repeat(64)}`,
    bytes: Buffer.from('{}'),
  }
}

/** Parsers whose own tests give them anything, by their names: the test that does. */
export const fuzzedElsewhere: Readonly<Record<string, string>> = {
  parseProcessStatus: 'test/unit/isolation/parsers.test.ts',
  parseIdMap: 'test/unit/isolation/parsers.test.ts',
  readCapabilities: 'test/unit/isolation/parsers.test.ts',
  parseAnswer: 'test/unit/stats/engineApiAnswer.test.ts',
  parseInteger: 'test/unit/stats/kernelFile.test.ts',
  readImageConfig: 'test/unit/registries/imageConfig.test.ts',
  readDockerConfig: 'test/unit/registries/dockerConfig.test.ts',
  readOptions: 'test/unit/containers/create/line.test.ts',
  readForm: 'test/unit/renderer/create-form.test.ts',
}

/** Functions that are called so and parse nothing that others write: why. */
export const excused: Readonly<Record<string, string>> = {
  ...because('reads files or answers, and leaves what is in them to a parser of the table', [
    ...['readWhole', 'readBeginning', 'readKernelText', 'readKernelProcesses', 'readProcesses'],
    ...['readSecurity', 'readIsolation', 'readNamespaceInodes', 'readLimits', 'readLimitsAt'],
    ...['readProcessesLimit', 'readCgroupMounts', 'readDockerfile', 'readAuthority', 'readFile'],
    ...['readPrivateFile', 'readTokenFile', 'readMaterial', 'readLogFileEnd', 'readWholeAnswers'],
    ...['readLog', 'readEarlier', 'readLastLines', 'readHealth', 'readForJob', 'readSharing'],
    ...['readDiffIds', 'readSteps'],
  ]),
  ...because('is zod or JSON.parse, and nothing when they refuse', [
    ...['readJson', 'readAbout', 'readWindowPlace'],
  ]),
  ...because(
    'is tar-stream with limits: test/unit/archives, layers and files give it broken tars',
    [
      ...[
        'readTar',
        'readArchive',
        'readEntries',
        'readLayer',
        'readImageArchive',
        'readVolumeArchive',
      ],
    ],
  ),
  ...because("puts an engine's inspect into another form: test/unit/containers", [
    ...['readSettings', 'readHealthcheck', 'readMounts', 'readNetworks'],
  ]),
  ...because('reads fields of a form by the parsers of the table', [
    ...['readBuild', 'readPortRow', 'readEngine'],
  ]),
}

function because(reason: string, names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, reason]))
}
