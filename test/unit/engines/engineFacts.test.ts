import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { engineFacts } from '../../../preload/contract/engineFacts'
import { dockerDialect } from '../../../main/engines/dialect/docker'
import { podmanDialect } from '../../../main/engines/dialect/podman'
import { maskFacts, rawText } from '../../../main/engines/facts/masked'
import { topicOf } from '../../../main/engines/facts/warnings'
import { mask } from '../../../main/masking'

const recordings = [
  { name: 'docker-20.10', dialect: dockerDialect },
  { name: 'docker-29', dialect: dockerDialect },
  { name: 'podman-4.3', dialect: podmanDialect },
  { name: 'podman-5', dialect: podmanDialect },
]

async function recorded(name: string): Promise<Record<string, unknown>> {
  const file = resolve('test/unit/engines/answers', `${name}.json`)
  return z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(file, 'utf8')))
}

const docker = async (name: string) => maskFacts(dockerDialect.facts.read(await recorded(name)))
const podman = async (name: string) => maskFacts(podmanDialect.facts.read(await recorded(name)))

describe('the facts of', () => {
  it('Docker 20.10', async () => {
    expect(await docker('docker-20.10')).toMatchObject({
      machine: { operatingSystem: 'Debian GNU/Linux 12 (bookworm)', architecture: 'x86_64' },
      api: { newest: '1.41', oldest: '1.12' },
      components: [
        {
          name: 'Engine',
          version: '20.10.24+dfsg1',
          details: expect.arrayContaining([{ name: 'GoVersion', value: 'go1.19.8' }]) as unknown,
        },
        { name: 'containerd', version: '1.6.20~ds1' },
        { name: 'runc', version: '1.1.5+ds1' },
        { name: 'docker-init', version: '0.19.0', details: [] },
      ],
      storage: {
        driver: 'overlay2',
        status: expect.arrayContaining([{ name: 'Backing Filesystem', value: 'extfs' }]) as unknown,
        rootFolder: '/bed/docker/data',
      },
      cgroup: { version: '1', driver: 'cgroupfs', controllers: null },
      security: { rootless: false, seccomp: true, seccompProfile: 'default', appArmor: false },
      runtimes: { usual: 'runc', init: 'docker-init' },
      plugins: { volume: ['local'], authorization: [] },
      registries: { search: null, mirrors: [], insecure: ['127.0.0.0/8'] },
      proxies: { http: null, https: null, none: null },
      swarm: 'inactive',
      liveRestore: false,
      warnings: [],
    })
  })

  it('Docker 29, with containerd’s own image store', async () => {
    expect(await docker('docker-29')).toMatchObject({
      api: { newest: '1.55', oldest: '1.40' },
      storage: {
        driver: 'overlayfs',
        status: [{ name: 'driver-type', value: 'io.containerd.snapshotter.v1' }],
      },
      cgroup: { version: '2', driver: 'systemd' },
      security: { rootless: false, appArmor: true, seccompProfile: 'builtin', seLinux: false },
      network: { firewall: 'iptables' },
      runtimes: { all: [{ name: 'io.containerd.runc.v2', path: 'runc' }, { name: 'runc' }] },
    })
  })

  it('Podman 4.3, from its own route and Docker’s', async () => {
    expect(await podman('podman-4.3')).toMatchObject({
      machine: { operatingSystem: 'debian 12 (bookworm)', uptime: '0h 24m 41.00s' },
      components: [
        { name: 'Podman Engine', version: '4.3.1' },
        { name: 'Conmon', version: '2.1.6' },
        {
          name: 'OCI Runtime (runc)',
          version: '1.1.5+ds1',
          details: expect.arrayContaining([
            { name: 'libseccomp', value: '2.5.4' },
            { name: 'Package', value: 'runc_1.1.5+ds1-1+deb12u1_amd64' },
          ]) as unknown,
        },
        { name: 'Buildah', version: '1.28.2' },
      ],
      storage: { driver: 'overlay', diskBytes: 270553174016, runFolder: '/run/containers/storage' },
      cgroup: { version: '1', driver: 'cgroupfs' },
      security: { rootless: false, userNamespaces: false, seccomp: true },
      logDriver: 'k8s-file',
      network: { backend: 'netavark' },
      registries: { insecure: ['127.0.0.1'], search: [] },
      swarm: null,
    })
  })

  it('Podman 5, rootless, of which Docker’s routes tell nothing', async () => {
    expect(await podman('podman-5')).toMatchObject({
      machine: { name: null, operatingSystem: 'fedora 41' },
      api: { newest: null, oldest: null },
      components: expect.arrayContaining([
        { name: 'netavark', version: '1.13.1', details: expect.anything() as unknown },
        { name: 'aardvark-dns', version: '1.13.1', details: expect.anything() as unknown },
        {
          name: 'pasta',
          version: '0^20241211.g09478d5-1.fc41.x86_64',
          details: expect.anything() as unknown,
        },
        expect.objectContaining({ name: 'slirp4netns', version: '1.3.1' }),
      ]) as unknown,
      cgroup: { version: '2', driver: 'systemd', controllers: ['cpu', 'io', 'memory', 'pids'] },
      security: { rootless: true, userNamespaces: true, seLinux: true },
      network: { rootlessCommand: 'pasta' },
      registries: {
        search: ['registry.fedoraproject.org', 'registry.access.redhat.com', 'docker.io'],
      },
      runtimes: { usual: null, all: [] },
      warnings: [],
    })
  })

  it.each(recordings)(
    '$name can be read whatever it leaves out or tells otherwise',
    async ({ name, dialect }) => {
      const whole = await recorded(name)
      const junk = fc.constantFrom<unknown>(
        undefined,
        null,
        0,
        '',
        'x',
        [],
        [1],
        {},
        { a: 1 },
        true,
        [['a']],
      )
      const read = (answers: unknown) =>
        engineFacts.parse(
          maskFacts(dialect.facts.read(z.record(z.string(), z.unknown()).parse(answers))),
        )
      const paths = pathsOf(whole)
      expect(paths.length).toBeGreaterThan(50)
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.constantFrom(...paths), junk), { minLength: 1, maxLength: 5 }),
          (changes) => {
            const changed = changes.reduce<unknown>(
              (all, [path, value]) => withValue(all, path, value),
              whole,
            )
            read(changed)
          },
        ),
        { numRuns: 500 },
      )
      for (const path of paths) read(withValue(whole, path, undefined))
    },
  )
})

describe('secrets', () => {
  const told = {
    version: {},
    info: {
      HttpProxy: 'http://me:p@ss/word@proxy:3128',
      HttpsProxy: 'me:hidden@proxy:3128',
      NoProxy: 'localhost',
      Labels: ['zone=a', 'api_key=hidden'],
      RegistryConfig: { Mirrors: ['https://me:hidden@mirror.example/'] },
    },
  }

  it('of proxies, mirrors and labels are not among the facts', () => {
    const facts = maskFacts(dockerDialect.facts.read(told))
    expect(facts.proxies).toEqual({
      http: `http://${mask}@proxy:3128`,
      https: `${mask}@proxy:3128`,
      none: 'localhost',
    })
    expect(facts.registries.mirrors).toEqual([`https://${mask}@mirror.example/`])
    expect(facts.labels).toEqual(['zone=a', `api_key=${mask}`])
  })

  it('are not in the raw answer either, until they are asked for', () => {
    const hidden = rawText(told, false)
    expect(hidden).not.toMatch(/hidden|p@ss|word/)
    expect(hidden).toContain('zone=a')
    expect(JSON.parse(rawText(told, true))).toEqual(told)
  })
})

it('warnings are kept word for word, with what they are about where that is known', () => {
  const warnings = [
    [
      'WARNING: API is accessible on http://0.0.0.0:2375 without encryption.\n         Access to…',
      'api-unprotected',
    ],
    ['WARNING: No swap limit support', 'no-memory-limits'],
    ['WARNING: No cpu cfs quota support', 'no-cpu-limits'],
    ['WARNING: No blkio throttle.read_bps_device support', 'no-io-limits'],
    ['WARNING: No io.weight support', 'no-io-limits'],
    ['WARNING: bridge-nf-call-ip6tables is disabled', 'no-bridge-filter'],
    ['WARNING: IPv4 forwarding is disabled', 'no-forwarding'],
    [
      'WARNING: the devicemapper storage-driver is deprecated, and will be removed',
      'storage-deprecated',
    ],
    ['WARNING: Running in rootless-mode without cgroups.', 'rootless-without-cgroups'],
    ['WARNING: daemon is not using the default seccomp profile', 'seccomp-changed'],
    ['WARNING: something new', null],
  ]
  const facts = maskFacts(
    dockerDialect.facts.read({ info: { Warnings: warnings.map(([text]) => text) } }),
  )
  expect(facts.warnings.map(({ text, topic }) => [text, topic])).toEqual(warnings)
  expect(topicOf('')).toBeNull()
})

/** The paths of every value in an answer, members and items alike. */
function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  const below = Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]))
  return path.length === 0 ? below : [path, ...below]
}

/** A copy with another value at a path; nothing where the path leads nowhere any more. */
function withValue(whole: unknown, [key = '', ...below]: string[], value: unknown): unknown {
  if (typeof whole !== 'object' || whole === null) return whole
  const entries = Object.entries(whole).map(([name, each]: [string, unknown]) => [
    name,
    name === key ? (below.length === 0 ? value : withValue(each, below, value)) : each,
  ])
  return Array.isArray(whole) ? entries.map(([, each]) => each) : Object.fromEntries(entries)
}
