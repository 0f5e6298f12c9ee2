import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProgress, type ProgressState } from '../../../main/streams/progress'
import { fixtureMessages } from './fixtures'

type Options = Parameters<typeof createProgress>[0]

function reduce(messages: unknown[], options?: Options): ProgressState {
  const progress = createProgress(options)
  for (const message of messages) progress.apply(message)
  return progress.state()
}

/** The state after each message of a recorded stream, and after its end. */
async function replay(name: string, options?: Options): Promise<ProgressState[]> {
  const progress = createProgress(options)
  const states: ProgressState[] = []
  for (const message of await fixtureMessages(name)) {
    progress.apply(message)
    states.push(progress.state())
  }
  progress.complete()
  return [...states, progress.state()]
}

async function endOf(name: string, options?: Options): Promise<ProgressState> {
  const end = (await replay(name, options)).at(-1)
  if (end === undefined) throw new Error(`${name} is empty`)
  return end
}

const phases = (state: ProgressState) => state.layers.map(({ phase }) => phase)

const dockerDigest = 'sha256:ab603b0317696321bf5fa067e40294068250f2765ef6fa3aa8ce8577821de621'
const podmanDigest = 'sha256:9c15ff469eb0db7b4ec9d19aed732642ae3241b6cec1d6a6f00d7876d12f72c2'
const podmanImageId = 'sha256:54a7c86317d387f492ccf2c7b772bcd0834eaab452f768535718b8838b195e0a'

describe('a pull from Docker', () => {
  it('ends with every layer done, the digest, and all bytes counted', async () => {
    expect(await endOf('docker-pull.ndjson')).toMatchObject({
      layers: [
        { id: 'b64b421e510e', phase: 'done', totalBytes: 1_064_344 },
        { id: 'feea0fae5dff', phase: 'done', totalBytes: 30_009_357 },
        { id: '815e1ab24cca', phase: 'done', totalBytes: 20_006_288 },
      ],
      transferredBytes: 51_079_989,
      totalBytes: 51_079_989,
      digest: dockerDigest,
      error: null,
    })
  })

  it('takes each layer from waiting over downloading and extracting to done', async () => {
    const states = await replay('docker-pull.ndjson')
    const seen = new Set(states.map((state) => state.layers[0]?.phase))
    expect([...seen].filter((phase) => phase !== undefined)).toEqual([
      'waiting',
      'downloading',
      'extracting',
      'done',
    ])
  })

  it('never counts extracted bytes as transferred a second time', async () => {
    const counts = (await replay('docker-pull.ndjson')).map((state) => state.transferredBytes)
    expect(counts).toEqual([...counts].sort((a, b) => a - b))
  })

  it('does not know the total before every layer has told its size', async () => {
    const totals = (await replay('docker-pull.ndjson')).map((state) => state.totalBytes)
    const firstKnown = totals.findIndex((total) => total !== null)
    expect(firstKnown).toBeGreaterThan(5)
    expect(new Set(totals.slice(firstKnown))).toEqual(new Set([51_079_989]))
  })

  it('says in its log what is not about a layer', async () => {
    expect((await endOf('docker-pull.ndjson')).log).toEqual([
      '1: Pulling from team/app',
      `Digest: ${dockerDigest}`,
      'Status: Downloaded newer image for 127.0.0.1:5782/team/app:1',
    ])
  })

  it('of what is here already has a digest and no layers', async () => {
    expect(await endOf('docker-pull-again.ndjson')).toMatchObject({
      layers: [],
      digest: dockerDigest,
      totalBytes: null,
    })
  })
})

describe('a pull from Podman', () => {
  it('is done with all layers when its stream has ended well', async () => {
    const states = await replay('podman-pull.ndjson')
    expect(states.at(-2)?.layers.map(({ phase }) => phase)).toContain('downloading')
    expect(new Set(phases(await endOf('podman-pull.ndjson')))).toEqual(new Set(['done']))
  })

  it('counts the layers whose size it never told as arrived', async () => {
    const end = await endOf('podman-pull.ndjson')
    expect(end.transferredBytes).toBe(30_004_259)
    expect(end.totalBytes).toBe(30_004_259)
  })

  it('keeps layers that are here already apart', async () => {
    expect(phases(await endOf('podman-pull-again.ndjson'))).toEqual([
      'exists',
      'exists',
      'exists',
      'exists',
      'done',
    ])
  })

  it('over libpod reads the blobs from its lines, and the image id', async () => {
    const states = await replay('podman-libpod-pull.ndjson')
    expect(states[5]?.layers).toMatchObject([
      { id: '8750200e72ca', phase: 'downloading' },
      { id: 'f4f0b2c2af77', phase: 'downloading' },
      { id: 'a7d795613b67', phase: 'downloading' },
      { id: '2715688fef43', phase: 'downloading' },
    ])
    const end = await endOf('podman-libpod-pull.ndjson')
    expect(phases(end)).toEqual(['done', 'done', 'done', 'done', 'done'])
    expect(end.imageId).toBe(podmanImageId)
    expect(end.log[0]).toBe('Trying to pull 127.0.0.1:5782/team/app:1...')
  })
})

describe('a push', () => {
  it('to Docker ends with every layer done and the digest', async () => {
    expect(await endOf('docker-push.ndjson')).toMatchObject({
      layers: [
        { id: 'ee6fd208244b', phase: 'done', currentBytes: 20_000_000, totalBytes: 20_000_000 },
        { id: 'c74c076454a6', phase: 'done', currentBytes: 30_000_000, totalBytes: 30_000_000 },
        { id: 'b34ec465d366', phase: 'done', currentBytes: 1_982_256, totalBytes: 1_982_256 },
      ],
      digest: dockerDigest,
      error: null,
    })
  })

  it('never shows more bytes than the layer has, though Docker counts padding', async () => {
    for (const { layers } of await replay('docker-push.ndjson')) {
      for (const layer of layers) {
        expect(layer.currentBytes).toBeLessThanOrEqual(layer.totalBytes ?? Infinity)
      }
    }
  })

  it.each([
    ['docker-push-again.ndjson', 'exists'],
    ['docker-push-mounted.ndjson', 'mounted'],
  ])(
    'moves nothing that the registry has already, or takes from another repository: %s',
    async (name, phase) => {
      const end = await endOf(name)
      expect(phases(end)).toEqual([phase, phase, phase])
      expect(end.transferredBytes).toBe(0)
      expect(end.digest).toBe(dockerDigest)
    },
  )

  it('to Podman has no layers, and the digest in its last line', async () => {
    expect(await endOf('podman-push.ndjson')).toMatchObject({ layers: [], digest: podmanDigest })
  })

  it('over libpod goes the other way than a pull', async () => {
    const states = await replay('podman-libpod-push.ndjson', { direction: 'push' })
    expect(states[1]?.layers).toMatchObject([{ id: '8e67f4697bf7', phase: 'pushing' }])
  })

  it.each(['docker-push-unauthorized.ndjson', 'podman-push-unauthorized.ndjson'])(
    'fails inside an HTTP 200: %s',
    async (name) => {
      expect((await endOf(name)).error).toMatch(/unauthorized: authentication required$/)
    },
  )
})

describe('a build', () => {
  it.each([
    ['docker', 'sha256:a88ef8b6cbc57099b5a29cf5ee52e6993f400cbe528dd2ff82f8ef875ff0f4e8'],
    ['podman', podmanImageId],
  ])('from %s joins pieces of text to lines and finds the image id', async (engine, id) => {
    const end = await endOf(`${engine}-build.ndjson`)
    expect(end.imageId).toBe(id)
    expect(end.log).toContain('héllo')
    expect(end.log.at(-1)).toBe('Successfully tagged 127.0.0.1:5781/team/app:1')
    expect(end.log.filter((line) => /^step 6\/6/i.test(line))).toEqual([
      expect.stringMatching(/^step 6\/6 ?: CMD \["\/bin\/busybox","sleep","1000"\]$/i),
    ])
  })

  it.each([
    ['docker', "The command '/bin/busybox false' returned a non-zero code: 1"],
    ['podman', 'building at STEP "RUN /bin/busybox false": while running runtime: exit status 1'],
  ])('that fails on %s says why', async (engine, error) => {
    expect((await endOf(`${engine}-build-failed.ndjson`)).error).toBe(error)
  })
})

describe('a load', () => {
  it('of Docker counts the bytes of each layer', async () => {
    const end = await endOf('docker-load.ndjson')
    expect(phases(end)).toEqual(['done', 'done', 'done'])
    expect(end.transferredBytes).toBe(1_984_512 + 30_001_664 + 20_001_792)
  })

  it('names the image, also in a last line without line break', async () => {
    for (const engine of ['docker', 'podman']) {
      const end = await endOf(`${engine}-load.ndjson`)
      expect(end.log).toEqual(['Loaded image: 127.0.0.1:5782/team/app:1'])
    }
    const progress = createProgress()
    progress.apply({ stream: `Loaded image: ${podmanImageId}` })
    progress.complete()
    expect(progress.state().imageId).toBe(podmanImageId)
  })
})

describe('the progress of Docker with the containerd store', () => {
  // No such engine runs here: the messages follow moby's daemon/containerd/progress.go.
  it('does not take the seconds of an extraction for bytes', () => {
    const state = reduce([
      { id: 'aaaaaaaaaaaa', status: 'Downloading', progressDetail: { current: 500, total: 500 } },
      { id: 'aaaaaaaaaaaa', status: 'Download complete', progressDetail: { hidecounts: true } },
      { id: 'aaaaaaaaaaaa', status: 'Extracting', progressDetail: { current: 3, units: 's' } },
    ])
    expect(state.layers).toMatchObject([{ phase: 'extracting', currentBytes: 500 }])
    expect(state.transferredBytes).toBe(500)
  })

  it('knows the total although it extracts what it never told the size of', () => {
    const state = reduce([
      { id: 'aaaaaaaaaaaa', status: 'Download complete', progressDetail: { hidecounts: true } },
      { id: 'aaaaaaaaaaaa', status: 'Extracting', progressDetail: { current: 1, units: 's' } },
      { id: 'bbbbbbbbbbbb', status: 'Downloading', progressDetail: { current: 5, total: 9 } },
    ])
    expect(state.totalBytes).toBe(9)
  })

  it('understands its other word for downloading', () => {
    const state = reduce([
      { id: 'aaaaaaaaaaaa', status: 'Pulling layer fs', progressDetail: { current: 5, total: 9 } },
    ])
    expect(state.layers).toMatchObject([
      { phase: 'downloading', status: 'Pulling layer fs', currentBytes: 5, totalBytes: 9 },
    ])
  })

  it('takes the id of the image from aux, and leaves trace records alone', () => {
    const state = reduce([
      { id: 'moby.buildkit.trace', aux: 'Cm8KR3NoYTI1Ng==' },
      { id: 'moby.image.id', aux: { ID: podmanImageId } },
    ])
    expect(state).toMatchObject({ layers: [], imageId: podmanImageId })
  })
})

describe('any progress', () => {
  it('keeps the first error, without the line break that Podman adds', () => {
    const state = reduce([
      { error: 'first\n' },
      { errorDetail: { message: 'second' }, error: 'second' },
    ])
    expect(state.error).toBe('first')
  })

  it('does not count down when a download starts again', () => {
    const state = reduce([
      { id: 'a', status: 'Downloading', progressDetail: { current: 80, total: 100 } },
      { id: 'a', status: 'Retrying in 5 seconds', progressDetail: {} },
      { id: 'a', status: 'Downloading', progressDetail: { current: 10, total: 100 } },
    ])
    expect(state.layers).toMatchObject([{ phase: 'downloading', currentBytes: 10 }])
    expect(state.transferredBytes).toBe(80)
  })

  it('shows words it does not know and leaves the layer where it was', () => {
    const state = reduce([
      { id: 'a', status: 'Pushing', progressDetail: { current: 1, total: 2 } },
      { id: 'a', status: 'Reticulating splines', progressDetail: {} },
    ])
    expect(state.layers).toMatchObject([{ phase: 'pushing', status: 'Reticulating splines' }])
  })

  it('keeps only the tail of a long log', () => {
    const messages = Array.from({ length: 5_000 }, (_, n) => ({ stream: `line ${n}\n` }))
    const { log } = reduce(messages)
    expect(log).toHaveLength(200)
    expect(log.at(-1)).toBe('line 4999')
  })

  it('stays bounded whatever an engine sends', () => {
    const state = reduce([
      ...Array.from({ length: 3_000 }, (_, n) => ({ id: `layer${n}`, status: 'Waiting' })),
      { stream: 'x'.repeat(100_000) },
      { stream: 'y'.repeat(100_000) },
      { error: 'e'.repeat(100_000) },
    ])
    expect(state.layers).toHaveLength(2_000)
    expect(state.log.join('').length).toBeLessThan(10_000)
    expect(state.error?.length).toBeLessThan(10_000)
  })

  it('gives out copies that later messages do not change', () => {
    const progress = createProgress()
    progress.apply({ id: 'a', status: 'Downloading', progressDetail: { current: 1, total: 9 } })
    const early = progress.state()
    progress.apply({ id: 'a', status: 'Downloading', progressDetail: { current: 5, total: 9 } })
    expect(early.layers[0]?.currentBytes).toBe(1)
  })

  it('takes any JSON at all without harm', () => {
    const field = fc.oneof(fc.jsonValue(), fc.string(), fc.integer())
    const message = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          id: field,
          status: fc.oneof(field, fc.constantFrom('Downloading', 'Pull complete', 'Pushing')),
          stream: field,
          error: field,
          errorDetail: fc.oneof(field, fc.record({ message: field })),
          progressDetail: fc.oneof(field, fc.record({ current: field, total: field })),
          aux: fc.oneof(field, fc.record({ ID: field, Digest: field })),
        },
        { requiredKeys: [] },
      ),
    )
    fc.assert(
      fc.property(fc.array(message), (messages) => {
        const state = reduce(messages)
        expect(state.transferredBytes).toBeGreaterThanOrEqual(0)
        expect(state.totalBytes ?? Infinity).toBeGreaterThanOrEqual(state.transferredBytes)
      }),
    )
  })
})
