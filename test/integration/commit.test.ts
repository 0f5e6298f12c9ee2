import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { itemsOf, openClient } from '../client'
import { maker, newName } from '../e2e/things'
import { endOf } from '../images'

const bed = inject('bed')

describe.each(bed.engines)('a container of $kind that is committed', (engine) => {
  const { cli, run, idOf } = maker(engine, bed.busybox)

  test('is an image with its files, its message and what was changed; its volumes are not in it', async () => {
    const { api, engineId, ended } = await open()
    const name = await run(['--volume', '/data'])
    await cli(['exec', name, 'sh', '-c', 'echo here >/written; echo gone >/data/kept'])
    await itemsOf(api.containers.watch({ engineId }), (all) => all.some((one) => one.name === name))
    const reference = `localhost/${newName()}:kept`
    onTestFinished(async () => {
      await cli(['rmi', '--force', reference])
    })
    const { jobId } = await api.containers.commit({
      engineId,
      containerId: await idOf(name),
      reference,
      message: 'What was tried & worked',
      author: 'Ada <ada@example.test>',
      pause: true,
      changes: ['CMD ["cat", "/written"]', 'ENV COLOUR=red SHAPE="round one"'],
    })
    const job = await ended(jobId)
    expect(job).toMatchObject({ state: 'succeeded', subject: `${name} → ${reference}` })
    const id = job.result?.kind === 'commit' ? job.result.imageId : ''
    const details = await api.images.inspect({ engineId, id, reveal: true })
    expect(details).toMatchObject({ command: ['cat', '/written'] })
    const environment = new Map(details.environment.map((one) => [one.name, one.value]))
    expect([environment.get('COLOUR'), environment.get('SHAPE')]).toEqual(['red', 'round one'])
    const told = await cli(['image', 'inspect', '--format', '{{.Author}}', reference])
    expect(told).toBe('Ada <ada@example.test>')
    const kept = newName()
    expect(await cli(['run', '--rm', '--name', kept, '--network', 'none', reference])).toBe('here')
    expect(await cli(['run', '--rm', '--network', 'none', reference, 'ls', '/data'])).toBe('')
  })

  test('needs a name that an image can have, and a container', async () => {
    const { api, engineId, ended } = await open()
    const request = {
      engineId,
      containerId: 'f'.repeat(64),
      reference: 'localhost/never:1',
      message: '',
      author: '',
      pause: false,
      changes: [],
    }
    const digest = `localhost/never@sha256:${'a'.repeat(64)}`
    await expect(api.containers.commit({ ...request, reference: digest })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    await expect(
      api.containers.commit({ ...request, changes: ['RUN rm -rf /'] }),
    ).rejects.toMatchObject({ code: 'invalid-input' })
    const { jobId } = await api.containers.commit(request)
    expect(await ended(jobId)).toMatchObject({ state: 'failed', problem: { code: 'not-found' } })
  })

  async function open() {
    const client = await openClient({ engine: engine.socket })
    const { id: engineId } = await client.engine()
    const ended = (jobId: string) => endOf(client, jobId)
    return { ...client, engineId, ended }
  }
})
