import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runInput } from '../../../preload/contract/containers'
import { mergeVariables, parseDotEnv } from '../../../renderer/images/run/dotEnv'
import { emptyPort, newRunForm, readRunForm, type RunForm } from '../../../renderer/images/run/form'
import { parseCores, parseMemory } from '../../../renderer/images/run/limits'
import { joinShellWords, splitShellWords } from '../../../preload/contract/shellWords'

const filled = (changes: Partial<RunForm>): RunForm => ({ ...newRunForm(), ...changes })
const errorsOf = (form: RunForm) => Object.fromEntries(readRunForm(form).errors)

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

describe('limits', () => {
  it.each([
    ['', null],
    ['0.5', 0.5],
    ['1,5', 1.5],
    [' 2 ', 2],
    ['.25', 0.25],
  ])('%j is %j cores', (text, value) => {
    expect(parseCores(text)).toEqual({ ok: true, value })
  })

  it.each([
    ['', null],
    ['256 MiB', 256 * 1024 ** 2],
    ['256m', 256 * 1024 ** 2],
    ['256MB', 256 * 1024 ** 2],
    ['1.5g', 1.5 * 1024 ** 3],
    ['8388608 b', 8_388_608],
  ])('%j is %j bytes', (text, value) => {
    expect(parseMemory(text)).toEqual({ ok: true, value })
  })

  it('that an engine would refuse or a person did not mean are refused, each with its reason', () => {
    expect(parseCores('0')).toEqual({ ok: false, reason: 'too-small' })
    expect(parseCores('half')).toEqual({ ok: false, reason: 'not-a-number' })
    expect(parseCores('-1')).toEqual({ ok: false, reason: 'not-a-number' })
    expect(parseMemory('256')).toEqual({ ok: false, reason: 'unit-missing' })
    expect(parseMemory('5 MiB')).toEqual({ ok: false, reason: 'too-small' })
    expect(parseMemory('a lot')).toEqual({ ok: false, reason: 'not-a-size' })
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

describe('the run form', () => {
  it('left empty runs the image as it is', () => {
    const { fields, errors } = readRunForm(newRunForm())
    expect(errors.size).toBe(0)
    expect(fields).toEqual({
      command: [],
      ports: [],
      environment: [],
      mounts: [],
      cpuLimitCores: null,
      memoryLimitBytes: null,
    })
  })

  it('offers the ports that the image exposes, on this machine only', () => {
    expect(readRunForm(newRunForm(['80/tcp', '53/udp', 'odd'])).fields.ports).toEqual([
      { hostIp: '127.0.0.1', hostPort: null, containerPort: 80, protocol: 'tcp' },
      { hostIp: '127.0.0.1', hostPort: null, containerPort: 53, protocol: 'udp' },
    ])
  })

  it('filled in reads as what the contract accepts', () => {
    const { fields, errors } = readRunForm({
      name: 'web',
      command: 'nginx -g "daemon off;"',
      ports: [{ reach: 'networks', hostPort: '8080', containerPort: '80', protocol: 'tcp' }],
      environment: [
        { name: 'A', value: ' b ' },
        { name: '', value: '' },
      ],
      volumes: [{ source: 'data', target: '/data', readOnly: true }],
      cpu: '0.5',
      memory: '256 MiB',
    })
    expect(errors.size).toBe(0)
    expect(runInput.parse({ engineId: 'e', image: 'nginx', ...fields })).toMatchObject({
      name: 'web',
      command: ['nginx', '-g', 'daemon off;'],
      ports: [{ hostIp: '0.0.0.0', hostPort: 8080, containerPort: 80, protocol: 'tcp' }],
      environment: [{ name: 'A', value: ' b ' }],
      mounts: [{ kind: 'volume', source: 'data', target: '/data', readOnly: true }],
      cpuLimitCores: 0.5,
      memoryLimitBytes: 268_435_456,
    })
  })

  it('says of each field what is wrong with it', () => {
    expect(
      errorsOf(
        filled({
          name: '-x',
          command: `'`,
          ports: [
            { ...emptyPort('80'), hostPort: '8080' },
            { ...emptyPort('70000'), hostPort: '8080' },
          ],
          environment: [{ name: 'A=B', value: '' }],
          volumes: [
            { source: '../up', target: 'data', readOnly: false },
            { source: '/a', target: '/data', readOnly: false },
            { source: '/b', target: '/data', readOnly: false },
          ],
          cpu: 'x',
          memory: '1',
        }),
      ),
    ).toEqual({
      name: 'name',
      command: 'unclosed-quote',
      'ports.1.containerPort': 'port',
      'ports.1.hostPort': 'port-twice',
      'environment.0.name': 'variable-name',
      'volumes.0.source': 'source',
      'volumes.0.target': 'target',
      'volumes.2.target': 'target-twice',
      cpu: 'cpu-not-a-number',
      memory: 'memory-unit-missing',
    })
  })
})
