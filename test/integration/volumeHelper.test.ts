import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { shakeHands } from '../../main/engines/handshake'
import { openTransport } from '../../main/engines/transport'
import { HELPER_IMAGE } from '../../main/files/helperImage'
import { HELPER_LABEL, HELPER_OWNER_LABEL, helperName } from '../../main/files/helperLabel'
import { sweepHelpers, withVolumeHelper } from '../../main/files/volumeHelper'
import { engineCli } from '../bed'

const bed = inject('bed')

describe.each(bed.engines)('a helper for a volume of $kind', (engine) => {
  const cli = engineCli(engine)

  async function open() {
    const link = await shakeHands(
      openTransport({ protocol: 'unix', path: engine.socket }),
      AbortSignal.timeout(5_000),
    )
    const volume = `files-${randomUUID().slice(0, 8)}`
    await cli(['volume', 'create', volume])
    onTestFinished(async () => {
      await cli(['volume', 'rm', '--force', volume])
      link.client.close()
    })
    return { link, volume }
  }
  const helpers = async (volume: string) =>
    cli([
      'ps',
      '--all',
      '--quiet',
      '--filter',
      `label=${HELPER_LABEL}`,
      '--filter',
      `volume=${volume}`,
    ])
  const images = () => cli(['images', '--quiet', HELPER_IMAGE])

  test('is a container that never ran, and goes with its image; the volume stays', async () => {
    const { link, volume } = await open()
    const state = await withVolumeHelper(link, volume, async ({ containerId, path }) => {
      await cli(['cp', 'package.json', `${containerId}:${path}/kept`])
      return cli(['inspect', '--format', '{{.State.Status}}', containerId])
    })
    expect(state).toBe('created')
    expect(await helpers(volume)).toBe('')
    expect(await images()).toBe('')
    await withVolumeHelper(link, volume, async ({ containerId, path }) => {
      expect(await cli(['cp', `${containerId}:${path}/kept`, '-'])).toContain('"name": "longshore"')
    })
  })

  test('several are there at once', async () => {
    const { link, volume } = await open()
    await Promise.all(
      Array.from({ length: 4 }, () => withVolumeHelper(link, volume, () => Promise.resolve())),
    )
    expect(await helpers(volume)).toBe('')
  })

  test('goes also where its use fails', async () => {
    const { link, volume } = await open()
    const failing = withVolumeHelper(link, volume, () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(await helpers(volume)).toBe('')
  })

  test('makes no volume that is not there', async () => {
    const { link } = await open()
    const helping = withVolumeHelper(link, 'there-is-none', () => Promise.resolve())
    await expect(helping).rejects.toMatchObject({ statusCode: 404 })
    expect(await cli(['volume', 'ls', '--quiet'])).not.toContain('there-is-none')
  })

  test('that an ended run left behind is swept; that of a running one stays', async () => {
    const { link, volume } = await open()
    const labels = [`${HELPER_LABEL}=files`, `${HELPER_OWNER_LABEL}=${hostname()}/4194305`]
    const create = (options: string[]) =>
      cli([
        ...['create', ...labels.flatMap((label) => ['--label', label]), ...options],
        ...['--network', 'none', bed.busybox],
      ])
    await create(['--name', helperName(), '--volume', `${volume}:/data`])
    // Its labels may come from its image: it is somebody's own.
    const own = await create([])
    onTestFinished(async () => {
      await cli(['rm', own])
    })
    await withVolumeHelper(link, volume, async ({ containerId }) => {
      await sweepHelpers(link, AbortSignal.timeout(5_000))
      expect(await helpers(volume)).toBe(containerId.slice(0, 12))
    })
    expect(await cli(['ps', '--all', '--quiet', '--no-trunc'])).toContain(own)
  })
})
