import type { Random } from './random'

/** Identifiers that mean something in the stand-in engine. */
export const known = {
  container: 'c0ffee'.padEnd(64, '0'),
  image: `sha256:${'1'.repeat(64)}`,
  network: 'b'.repeat(64),
  volume: 'data',
  uuid: 'a2b1c3d4-0000-4000-8000-000000000001',
}

/** Texts that break what is put together without care; none names a place of this machine. */
const breaking = [
  '',
  ' ',
  '..',
  '.',
  '../../version?x=',
  '..%2f..%2fversion',
  '%2e%2e/%2e%2e/version',
  '%zz',
  'a/../../containers/json',
  'a?force=1&x=',
  'a#b',
  'a%00b',
  'a\0b',
  'a\r\nX-Injected: 1',
  'a\nb',
  '-flag',
  '--privileged',
  '-',
  '$(touch pwned)',
  '`touch pwned`',
  '; touch pwned',
  '| touch pwned',
  '${HOME}',
  '__proto__',
  'constructor',
  'toString',
  '<img src=x onerror=alert(1)>',
  '\u202Egnp.exe',
  '\uD800',
  '\uFEFFname',
  'é́́́',
  '日本語/🐳',
  '\'"\\',
  'a=b',
  'A'.repeat(300),
  'a/'.repeat(2_000),
  'x'.repeat(70_000),
  'NaN',
  '-1',
  '1e999',
  '0x10',
  '9'.repeat(400),
  'null',
  '[object Object]',
  'C:\\..\\..\\x',
  'C:/x',
  '\\\\server\\share',
]

/** Texts that procedures are asked with in earnest. */
const ordinary = [
  known.container,
  known.image,
  known.network,
  known.volume,
  known.uuid,
  'f'.repeat(64),
  `sha256:${'e'.repeat(64)}`,
  'gone',
  'web-1',
  'web_1.a',
  'library/alpine',
  'alpine:3.20',
  `alpine@sha256:${'e'.repeat(64)}`,
  '127.0.0.1:1/team/app:v1',
  '127.0.0.1:1',
  '[::1]:1',
  'localhost:1',
  'v1.0-rc_2',
  'linux/amd64',
  'linux/arm64/v8',
  'bridge',
  'com.example.label',
  'NAME',
  'API_TOKEN',
  'root',
  '0:0',
  '1000',
  'sh',
  'ENV A=b',
  'CMD ["sh"]',
  '10.0.0.0/24',
  '10.0.0.1',
  'fd00::/64',
  'fd00::1',
  '02:42:ac:11:00:02',
  '8080:80',
  '0-3,5',
  'SIGTERM',
  'NET_ADMIN',
  'rwm',
  'host',
  'container:web-1',
  'nofile',
  'net.core.somaxconn',
  'text',
  'aGVsbG8=',
  `SHA256:${'a'.repeat(43)}`,
  '2024-01-01T00:00:00Z',
  'tcp://127.0.0.1:1',
  'ssh://user@127.0.0.1:1',
  'ssh://%zz@127.0.0.1:1/%zz',
  'ssh://-oProxyCommand=x@127.0.0.1:1',
  'user@127.0.0.1:1',
  'npipe:////./pipe/docker_engine',
]

/** Ends of paths below a folder where everything may be read and written. */
const pathEnds = [
  '',
  '/file.tar',
  '/file.tar.gz',
  '/new/deep/file',
  '/Dockerfile',
  '/context',
  '/a b?c#d',
  '/%2e%2e/version',
  '/a/../b',
  '/a//b/./c',
  '/a\r\nb',
  '/a\0b',
  '/-rf',
  '/$(touch pwned)',
  `/${'n'.repeat(300)}`,
  '/é🐳',
]

/**
 * Every text that inputs are made of.
 *
 * @param folder - absolute; whatever looks like a path of this machine lies below it
 */
export function hostileTexts(folder: string): string[] {
  const paths = pathEnds.map((end) => folder + end)
  return [
    ...ordinary,
    ...breaking,
    ...paths,
    ...paths.slice(0, 8).map((path) => `unix://${path}`),
    `${folder}/context/Dockerfile`,
  ]
}

const numbers = [
  ...[
    0,
    1,
    -1,
    2,
    10,
    80,
    443,
    1_000,
    65_535,
    65_536,
    0.5,
    -0,
    1e15,
    1e300,
    2 ** 31,
    2 ** 53,
    2 ** 64,
  ],
  ...[NaN, Infinity, -Infinity, Number.MIN_VALUE, 1_700_000_000_000, 4_194_304, 536_870_912],
]

export const hostileNumbers: readonly number[] = numbers

/** Anything that the codec of the transport can carry; nested up to `depth`. */
export function anything(random: Random, texts: readonly string[], depth = 3): unknown {
  switch (random.below(depth > 0 ? 14 : 9)) {
    case 0:
    case 1:
      return random.pick(texts)
    case 2:
      return random.pick(numbers)
    case 3:
      return random.once(2)
    case 4:
      return null
    case 5:
      return undefined
    case 6:
      return BigInt(random.pick([0, 1, 2 ** 53]))
    case 7:
      return new Date(random.pick([0, NaN, 8.64e15]))
    case 8:
      return randomText(random)
    case 9:
      return new Map([[random.pick(texts), anything(random, texts, depth - 1)]])
    case 10:
      return new Set([anything(random, texts, depth - 1)])
    case 11:
      return Array.from({ length: random.below(4) }, () => anything(random, texts, depth - 1))
    case 12:
      return Array.from({ length: 200 }, () => null)
    default:
      return record(random, texts, depth)
  }
}

function record(random: Random, texts: readonly string[], depth: number): unknown {
  // As JSON gives it: `__proto__` is a key of its own there.
  const made: unknown = JSON.parse('{}')
  if (typeof made !== 'object' || made === null) return made
  for (let count = random.below(4); count > 0; count--) {
    const value = anything(random, texts, depth - 1)
    const key = random.pick(['__proto__', 'constructor', 'engineId', 'id', 'kind', 'length'])
    Object.defineProperty(made, key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    })
  }
  return made
}

/** Characters by chance. It never begins as a path of this machine does. */
function randomText(random: Random): string {
  const characters = Array.from({ length: random.below(40) }, () =>
    String.fromCharCode(random.below(random.once(4) ? 65_536 : 128)),
  )
  return characters.join('').replace(/^[/\\]+/, '')
}
