import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { dockerDialect } from '../../../main/engines/dialect/docker'
import { podmanDialect } from '../../../main/engines/dialect/podman'

const recording = z.object({ diskUsage: z.unknown() })
async function recorded(name: string): Promise<unknown> {
  const file = resolve('test/unit/engines/answers', `${name}.json`)
  return recording.parse(JSON.parse(await readFile(file, 'utf8'))).diskUsage
}

describe('what Docker keeps on its disk', () => {
  it('is asked for in parts where the API has them, and at once where it has not', () => {
    const { questions } = dockerDialect.diskUsage
    expect(questions('1.41').map(({ path, kinds }) => [path, kinds])).toEqual([
      ['/system/df', ['images', 'containers', 'volumes', 'buildCache']],
    ])
    expect(questions('1.52').map(({ path, kinds }) => [path, kinds])).toEqual([
      ['/system/df?type=image', ['images']],
      ['/system/df?type=container', ['containers']],
      ['/system/df?type=volume', ['volumes']],
      ['/system/df?type=build-cache', ['buildCache']],
    ])
  })

  it('is read from an answer of 20.10', async () => {
    const [images, containers, volumes, buildCache] = docker(await recorded('docker-20.10'))
    expect(images).toMatchObject({ count: 1, active: 1, bytes: 1984246, reclaimableBytes: 0 })
    expect(containers).toMatchObject({ count: 1, active: 1, bytes: 0 })
    expect(volumes).toMatchObject({ count: 1, active: 0, bytes: 0, unmeasured: 0 })
    expect(buildCache).toMatchObject({ count: 0, bytes: 0, biggest: [] })
  })

  it('is read from a part of an answer of API 1.52, which has both its new fields and the old ones', () => {
    // moby daemon/server/router/system/system_routes.go, without `verbose`.
    const [images] = dockerDialect.diskUsage.questions('1.52')
    const answer = {
      ImageUsage: { ActiveCount: 1, TotalCount: 1, Reclaimable: 0, TotalSize: 90 },
      LayersSize: 90,
      Images: [{ Id: 'sha256:a', RepoTags: ['a:1'], Size: 90, SharedSize: 0, Containers: 2 }],
    }
    expect(images?.read(answer)).toMatchObject([
      { kind: 'images', count: 1, active: 1, bytes: 90, reclaimableBytes: 0 },
    ])
  })

  it('says that unused images free at least their own layers, and all where none is used', () => {
    const image = (Id: string, changes: object) => ({ Id, Size: 100, SharedSize: 40, ...changes })
    const answer = (used: number) => ({
      LayersSize: 160,
      Images: [image('a', { Containers: used }), image('b', { Containers: 0 })],
    })
    expect(docker(answer(1))[0]).toMatchObject({
      ...{ bytes: 160, reclaimableBytes: 60, reclaimableAtLeast: true },
    })
    expect(docker(answer(0))[0]).toMatchObject({
      ...{ bytes: 160, reclaimableBytes: 160, reclaimableAtLeast: false },
    })
  })

  it('counts no volume that a driver does not measure, and no cache that is an image’s layer', () => {
    const usages = docker({
      Volumes: [
        { Name: 'here', UsageData: { Size: 10, RefCount: 0 } },
        { Name: 'far', UsageData: { Size: -1, RefCount: -1 } },
        { Name: 'used', UsageData: { Size: 5, RefCount: 2 } },
      ],
      BuildCache: [
        { ID: 'x', Description: 'RUN make', Size: 7, InUse: false, Shared: false },
        { ID: 'y', Size: 9, InUse: true, Shared: false },
        { ID: 'z', Size: 11, InUse: false, Shared: true },
      ],
    })
    expect(usages[2]).toMatchObject({ count: 3, active: 2, bytes: 15, reclaimableBytes: 10 })
    expect(usages[2]?.unmeasured).toBe(1)
    expect(usages[3]).toMatchObject({ count: 3, active: 1, bytes: 16, reclaimableBytes: 7 })
  })

  it('names the ten largest things of each kind', () => {
    const Volumes = Array.from({ length: 15 }, (_none, index) => ({
      ...{ Name: `v${index}`, UsageData: { Size: index, RefCount: 1 } },
    }))
    const biggest = docker({ Volumes })[2]?.biggest ?? []
    expect(biggest.map(({ name }) => name)).toEqual(
      [14, 13, 12, 11, 10, 9, 8, 7, 6, 5].map((index) => `v${index}`),
    )
  })

  function docker(answer: unknown) {
    return dockerDialect.diskUsage.questions('1.41').flatMap((question) => question.read(answer))
  }
})

describe('what Podman keeps on its disk', () => {
  function podman(answer: unknown) {
    return podmanDialect.diskUsage.questions('1.41').flatMap((question) => question.read(answer))
  }

  it('is read from an answer of 4.3, with ids and names as they are elsewhere', async () => {
    const [images, containers, volumes] = podman(await recorded('podman-4.3'))
    expect(images).toMatchObject({ count: 1, active: 1, bytes: 2127975, bytesAtMost: false })
    expect(images?.biggest[0]).toMatchObject({
      id: expect.stringMatching(/^sha256:[a-f0-9]{64}$/) as unknown,
      name: 'localhost/longshore-test/busybox:1',
    })
    expect(containers).toMatchObject({ count: 1, active: 1, bytes: 12, reclaimableBytes: 0 })
    expect(volumes).toMatchObject({ count: 1, active: 0, bytes: 0 })
  })

  it('counts an image with several names once, and says where shared layers were counted again', () => {
    const image = (ImageID: string, Tag: string) => ({
      ...{ Repository: 'a', Tag, ImageID, Size: 100, SharedSize: 40, UniqueSize: 60 },
      Containers: 1,
    })
    const Images = [image('1', 'x'), image('1', 'y'), image('2', 'x')]
    expect(podman({ Images })[0]).toMatchObject({ count: 2, bytes: 200, bytesAtMost: true })
    expect(podman({ Images, ImagesSize: 160 })[0]).toMatchObject({ bytes: 160, bytesAtMost: false })
  })
})
