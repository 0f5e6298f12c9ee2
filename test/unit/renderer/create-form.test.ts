import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { containerSettings } from '../../../preload/contract/containerSettings'
import { joinShellWords, splitShellWords } from '../../../preload/contract/shellWords'
import { mergeVariables, parseDotEnv } from '../../../renderer/containers/create/dotEnv'
import {
  emptyDevice,
  emptyMount,
  emptyNetwork,
  emptyPort,
  formOf,
  type CreateForm,
} from '../../../renderer/containers/create/form'
import { readForm } from '../../../renderer/containers/create/readForm'
import { anySettings } from '../containers/create/anySettings'

const filled = (changes: Partial<CreateForm>): CreateForm => ({
  ...formOf(containerSettings.parse({ image: 'nginx' })),
  ...changes,
})
const errorsOf = (changes: Partial<CreateForm>) =>
  Object.fromEntries(readForm(filled(changes)).errors)

describe('a command line', () => {
  it.each([
    ['', []],
    ['  sleep   60 ', ['sleep', '60']],
    [`sh -c "echo 'a b'"`, ['sh', '-c', "echo 'a b'"]],
    [`'it''s' one`, ['its', 'one']],
    ['a\\ b "c\\"d" "e\\n"', ['a b', 'c"d', 'e\\n']],
    [`"" x`, ['', 'x']],
    ['echo $HOME | wc', ['echo', '$HOME', '|', 'wc']],
  ])('%j is split into %j', (line, words) => {
    expect(splitShellWords(line)).toEqual({ ok: true, words })
  })

  it('with an open quote or a last backslash is refused', () => {
    expect(splitShellWords(`echo "a`)).toEqual({ ok: false, reason: 'unclosed-quote' })
    expect(splitShellWords('echo \\')).toEqual({ ok: false, reason: 'trailing-backslash' })
  })

  it('joined from any words is split into the same words', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
        expect(splitShellWords(joinShellWords(words))).toEqual({ ok: true, words })
      }),
    )
  })
})

describe('a .env file', () => {
  it('gives its variables and the lines it could not read', () => {
    const text = [
      '# comment',
      'A=1',
      'export B = two words # why',
      `C='single # kept \\n'`,
      String.raw`D="line\nnext \"q\""`,
      'E=',
      'url=http://x/#anchor',
      'nonsense',
      '',
    ].join('\r\n')
    expect(parseDotEnv(text)).toEqual({
      variables: [
        { name: 'A', value: '1' },
        { name: 'B', value: 'two words' },
        { name: 'C', value: 'single # kept \\n' },
        { name: 'D', value: 'line\nnext "q"' },
        { name: 'E', value: '' },
        { name: 'url', value: 'http://x/#anchor' },
      ],
      skipped: ['nonsense'],
    })
  })

  it('replaces variables that are there already, in their place', () => {
    const rows = [
      { name: 'A', value: '1' },
      { name: '', value: '' },
      { name: 'B', value: '2' },
    ]
    expect(mergeVariables(rows, [{ name: 'A', value: '9' }])).toEqual([
      { name: 'A', value: '9' },
      { name: 'B', value: '2' },
    ])
  })
})

describe('the form', () => {
  it('left empty says nothing beside the image', () => {
    const { settings, errors } = readForm(filled({}))
    expect(errors.size).toBe(0)
    expect(settings).toEqual(containerSettings.parse({ image: 'nginx' }))
  })

  it('filled in from settings reads as the same settings', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const test = settings.healthcheck?.kind === 'check' ? settings.healthcheck.test : null
        fc.pre(typeof test !== 'string' || test.trim() !== '')
        const targets = settings.mounts.map(({ target }) => target)
        fc.pre(new Set(targets).size === targets.length)
        fc.pre(settings.mounts.every(({ kind, source }) => kind === 'bind' || source.length !== 1))
        const ports = settings.ports
          .filter(({ hostPort }) => hostPort !== null)
          .map(({ hostIp, hostPort, protocol }) => `${hostIp} ${hostPort}/${protocol}`)
        fc.pre(new Set(ports).size === ports.length)
        const trimmed = JSON.stringify(settings.mounts).replaceAll(/ +"/g, '"')
        fc.pre(trimmed === JSON.stringify(settings.mounts))
        fc.pre(settings.workingFolder === settings.workingFolder?.trim())
        const { settings: again, errors } = readForm(formOf(settings))
        expect([...errors]).toEqual([])
        expect(again).toEqual(settings)
      }),
    )
  })

  it('says of each field what is wrong with it', () => {
    expect(
      errorsOf({
        image: 'UPPER',
        name: '-x',
        command: 'sleep "1',
        cpu: '0.001',
        memory: '64',
        pids: 'many',
        hostname: 'x'.repeat(300),
        dns: 'here',
        health: 'shell',
        healthInterval: '30',
        workingFolder: 'app',
        entrypoint: 'sh \\',
        ownEntrypoint: true,
        addedCapabilities: 'net-admin',
        pid: 'other',
        gpus: 'count',
        gpuChoice: 'two',
      }),
    ).toEqual({
      image: 'image',
      name: 'name',
      command: 'unclosed-quote',
      cpu: 'cores-too-small',
      memory: 'unit-missing',
      pids: 'not-a-count',
      hostname: 'refused',
      dns: 'address',
      healthTest: 'test-missing',
      healthInterval: 'duration',
      workingFolder: 'path',
      entrypoint: 'trailing-backslash',
      addedCapabilities: 'refused',
      pid: 'refused',
      gpuChoice: 'not-a-count',
    })
    expect(errorsOf({ image: ' ' })).toEqual({ image: 'image-missing' })
  })

  it('says in which row something is wrong, and passes over empty ones', () => {
    expect(
      errorsOf({
        ports: [
          emptyPort(),
          { ...emptyPort('80'), hostPort: '8080' },
          { ...emptyPort('81'), hostPort: '8080' },
          { ...emptyPort('0'), hostPort: 'x' },
          { ...emptyPort('82'), reach: 'address', address: 'here' },
        ],
        environment: [
          { name: '', value: '' },
          { name: 'A=B', value: '' },
          { name: '', value: 'x' },
        ],
        mounts: [
          emptyMount(),
          { ...emptyMount('bind', '/a'), source: 'relative' },
          { ...emptyMount('volume', 'relative'), source: 'a/b' },
          emptyMount('tmpfs', '/a'),
        ],
        networks: [
          { ...emptyNetwork(), name: 'host' },
          { ...emptyNetwork(), ipv4Address: '10' },
        ],
        devices: [emptyDevice(), { ...emptyDevice(), hostPath: 'tty' }],
      }),
    ).toEqual({
      'ports.2.hostPort': 'port-twice',
      'ports.3.containerPort': 'port',
      'ports.3.hostPort': 'port',
      'ports.4.address': 'address',
      'environment.1.name': 'no-equals',
      'environment.2.name': 'name-missing',
      'mounts.1.source': 'bind-source',
      'mounts.2.source': 'volume-source',
      'mounts.2.target': 'target',
      'mounts.3.target': 'target-twice',
      'networks.0.name': 'network-alone',
      'networks.1.name': 'name-missing',
      'networks.1.ipv4Address': 'address',
      'devices.1.hostPath': 'path',
    })
  })
})
