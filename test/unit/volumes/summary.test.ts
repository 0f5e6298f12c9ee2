import { describe, expect, test } from 'vitest'
import { isAnonymous, usersByVolume, volumeFromList } from '../../../main/volumes/summary'
import type { Container } from '../../../preload/contract/containers'

const hex = (digit: string) => digit.repeat(64)

describe('a volume of an engine’s list', () => {
  test('is whole where the engine tells little', () => {
    expect(
      volumeFromList({ Name: 'plain', Labels: null, Options: null }, { usedBy: [], size: null }),
    ).toEqual({
      id: 'plain',
      driver: '',
      mountpoint: '',
      createdAt: 0,
      labels: {},
      options: {},
      scope: '',
      anonymous: false,
      composeProject: null,
      usedBy: [],
      size: null,
    })
  })

  test('is anonymous by its name or by Docker’s label', () => {
    expect(isAnonymous(hex('a'), {})).toBe(true)
    expect(isAnonymous('data', { 'com.docker.volume.anonymous': '' })).toBe(true)
    expect(isAnonymous(hex('g'), {})).toBe(false)
  })

  test('belongs to the project of either compose', () => {
    const of = (label: string) =>
      volumeFromList({ Name: 'data', Labels: { [label]: 'shop' } }, { usedBy: [], size: null })
        .composeProject
    expect(of('com.docker.compose.project')).toBe('shop')
    expect(of('io.podman.compose.project')).toBe('shop')
  })
})

test('users of volumes: once each, however often it is mounted, and binds are none', () => {
  const mount = (type: string, name: string, destination: string) => ({
    ...{ type, name, destination, source: '', readWrite: true, anonymous: false },
  })
  const container = (id: string, mounts: Container['mounts']) => ({ id, mounts })
  expect(
    usersByVolume([
      container('one', [mount('volume', 'data', '/a'), mount('volume', 'data', '/b')]),
      container('two', [mount('volume', 'data', '/a'), mount('bind', 'data', '/c')]),
      container('three', [mount('bind', '', '/c')]),
    ]),
  ).toEqual(new Map([['data', ['one', 'two']]]))
})
