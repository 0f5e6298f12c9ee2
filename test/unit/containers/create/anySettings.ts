import fc from 'fast-check'
import {
  mountOptions,
  type ContainerSettings,
  type MountSetting,
} from '../../../../preload/contract/containerSettings'

const MIB = 1024 * 1024

const word = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/)
/** Anything that a person can type into a field, quotes, dollars and line breaks too. */
const anything = fc.string({ unit: 'grapheme-ascii', maxLength: 12 })
const hostile = fc.oneof(
  anything,
  fc.constantFrom(
    '$HOME',
    'a b',
    `it's`,
    '"',
    '\\',
    'a\nb',
    '`id`',
    '$(id)',
    '#',
    '~',
    ';',
    '-x',
    '',
  ),
)
const path = fc.stringMatching(/^(\/[a-z][a-z0-9. ,_-]{0,6}){1,3}$/)
const port = fc.integer({ min: 1, max: 65_535 })
const millis = fc.option(fc.integer({ min: 1, max: 10_000_000 }))
const bytes = fc.option(fc.integer({ min: 6 * MIB, max: 2 ** 50 }))
const ipv4 = fc.ipV4()
const capabilities = fc.uniqueArray(fc.constantFrom('NET_ADMIN', 'SYS_TIME', 'ALL', 'CHOWN'), {
  maxLength: 3,
})

const noOptions = fc.constant<MountSetting['options']>([])

const mount = fc.oneof(
  fc.record({
    kind: fc.constant('bind' as const),
    source: path,
    target: path,
    readOnly: fc.boolean(),
    sizeBytes: fc.constant(null),
    options: fc.uniqueArray(fc.constantFrom(...mountOptions), { maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constantFrom('bind' as const),
    source: path.map((text) => `${text}:x`),
    target: path,
    readOnly: fc.boolean(),
    sizeBytes: fc.constant(null),
    options: noOptions,
  }),
  fc.record({
    kind: fc.constant('volume' as const),
    source: fc.oneof(fc.constant(''), word),
    target: path,
    readOnly: fc.boolean(),
    sizeBytes: fc.constant(null),
    options: noOptions,
  }),
  fc.record({
    kind: fc.constant('tmpfs' as const),
    source: fc.constant(''),
    target: path,
    readOnly: fc.boolean(),
    sizeBytes: fc.option(fc.integer({ min: 1, max: 2 ** 40 })),
    options: noOptions,
  }),
)

const network = fc.record({
  name: word,
  aliases: fc.array(word, { maxLength: 2 }),
  ipv4Address: fc.option(ipv4),
  ipv6Address: fc.option(fc.constantFrom('fd00::1', '2001:db8::2')),
})
const alone = fc.constantFrom('host', 'none', 'container:web').map((name) => ({
  name,
  aliases: [],
  ipv4Address: null,
  ipv6Address: null,
}))

const check = fc
  .record({
    kind: fc.constant('check' as const),
    test: fc.option(
      hostile.filter((text) => text !== '' && text !== 'none' && !text.startsWith('[')),
    ),
    intervalMillis: millis,
    timeoutMillis: millis,
    startPeriodMillis: fc.option(fc.integer({ min: 0, max: 10_000_000 })),
    retries: fc.option(fc.integer({ min: 1, max: 1_000 })),
  })
  .filter((told) => Object.values(told).filter((one) => one !== null).length > 1)

const record = (values: fc.Arbitrary<string>) =>
  fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z][a-z.]{0,8}$/), values), {
    maxLength: 3,
    selector: ([key]) => key,
  })

/** Settings that a line of the command can say in full: one word of entrypoint, checks as a line. */
export const anySettings: fc.Arbitrary<ContainerSettings> = fc.record(
  {
    image: fc.constantFrom('nginx', 'nginx:1.27-alpine', 'localhost:5000/team/app:1'),
    name: fc.stringMatching(/^[a-z][a-z0-9_.-]{1,8}$/),
    entrypoint: fc.option(
      fc.array(
        hostile.filter((text) => text !== '' && !text.startsWith('[')),
        { maxLength: 1 },
      ),
    ),
    command: fc.array(hostile, { maxLength: 4 }),
    workingFolder: fc.option(path),
    user: fc.option(fc.constantFrom('root', '1000', '1000:1000', 'me:us')),
    groups: fc.array(word, { maxLength: 2 }),
    hostname: fc.option(word),
    environment: fc.array(
      fc.record({ name: fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,8}$/), value: hostile }),
      { maxLength: 4 },
    ),
    labels: record(hostile).map((entries) => Object.fromEntries(entries)),
    ports: fc.array(
      fc.record({
        hostIp: fc.oneof(fc.constantFrom('', '127.0.0.1', '::1'), ipv4),
        hostPort: fc.option(port),
        containerPort: port,
        protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'sctp' as const),
      }),
      { maxLength: 3 },
    ),
    mounts: fc.array(mount, { maxLength: 3 }),
    networks: fc.oneof(
      fc.uniqueArray(network, { maxLength: 3, selector: ({ name }) => name }),
      fc.tuple(alone),
    ),
    dns: fc.array(ipv4, { maxLength: 2 }),
    dnsSearch: fc.array(word, { maxLength: 2 }),
    dnsOptions: fc.array(word, { maxLength: 2 }),
    extraHosts: fc.array(
      fc.record({ host: word, address: fc.constantFrom('10.0.0.1', 'host-gateway', 'fd00::1') }),
      { maxLength: 2 },
    ),
    cpuLimitCores: fc.option(
      fc.integer({ min: 1, max: 6_400 }).map((hundredths) => hundredths / 100),
    ),
    memoryLimitBytes: bytes,
    memoryReservationBytes: bytes,
    memorySwapBytes: fc.option(fc.oneof(fc.constant(-1), fc.integer({ min: 1, max: 2 ** 50 }))),
    cpuShares: fc.option(fc.integer({ min: 2, max: 262_144 })),
    cpuset: fc.option(fc.constantFrom('0', '0-3', '0-1,3')),
    pidsLimit: fc.option(fc.integer({ min: 1, max: 100_000 })),
    shmBytes: fc.option(fc.integer({ min: 1, max: 2 ** 40 })),
    restart: fc.oneof(
      fc.record({
        policy: fc.constant('on-failure' as const),
        maximumRetries: fc.option(fc.integer({ min: 1, max: 99 })),
      }),
      fc.record({
        policy: fc.constantFrom('no' as const, 'always' as const, 'unless-stopped' as const),
        maximumRetries: fc.constant(null),
      }),
    ),
    healthcheck: fc.option(fc.oneof(fc.constant({ kind: 'none' as const }), check)),
    stopSignal: fc.option(fc.constantFrom('SIGINT', 'SIGRTMIN+3', '9')),
    stopSeconds: fc.option(fc.integer({ min: 0, max: 86_400 })),
    devices: fc.array(
      fc.record({
        hostPath: fc.constantFrom('/dev/null', '/dev/fuse'),
        containerPath: fc.constantFrom('/dev/null', '/dev/other'),
        permissions: fc.constantFrom('rwm', 'r', 'rw', 'm'),
      }),
      { maxLength: 2 },
    ),
    gpus: fc.option(
      fc.oneof(fc.constant('all' as const), fc.uniqueArray(word, { minLength: 1, maxLength: 2 })),
    ),
    privileged: fc.boolean(),
    addedCapabilities: capabilities,
    droppedCapabilities: capabilities,
    securityOptions: fc.array(fc.constantFrom('no-new-privileges', 'seccomp=unconfined'), {
      maxLength: 2,
    }),
    readOnlyRoot: fc.boolean(),
    init: fc.boolean(),
    tty: fc.boolean(),
    interactive: fc.boolean(),
    autoRemove: fc.boolean(),
    pidNamespace: fc.option(fc.constantFrom('host', 'container:web')),
    ipcNamespace: fc.option(fc.constantFrom('host', 'private', 'shareable', 'container:web')),
    ulimits: fc.array(
      fc.record({
        name: fc.constantFrom('nofile', 'nproc'),
        soft: fc.integer({ min: -1, max: 4_096 }),
        hard: fc.integer({ min: -1, max: 4_096 }),
      }),
      { maxLength: 2 },
    ),
    sysctls: record(fc.constantFrom('1', '0 1', '1,2')).map((entries) =>
      Object.fromEntries(entries),
    ),
  },
  { noNullPrototype: true },
)
