import { describe, expect, test } from 'vitest'
import { locateCgroup, readCgroupMounts } from '../../../main/stats/cgroupPath'
import { unpackTree } from './tree'

function locate(treeName: string): Record<string, string> {
  const tree = unpackTree(treeName)
  const folders = locateCgroup(tree, readCgroupMounts(tree), tree)
  return Object.fromEntries(
    [...folders].map(([controller, { version, path }]) => [
      controller,
      `v${version} ${path.replace(tree.sysRoot, '/sys').replaceAll(tree.id, '<id>')}`,
    ]),
  )
}

const v1Controllers = ['cpu', 'cpuacct', 'memory', 'blkio', 'pids']

/** Each controller in its own hierarchy. */
const onV1 = (path: string) =>
  Object.fromEntries(
    v1Controllers.map((controller) => [controller, `v1 /sys/fs/cgroup/${controller}${path}`]),
  )

/** All in the one hierarchy. */
const onV2 = (path: string) =>
  Object.fromEntries(
    [...v1Controllers, 'pressure'].map((controller) => [controller, `v2 /sys/fs/cgroup${path}`]),
  )

describe('the cgroups of a container are found', () => {
  test('on a hybrid machine, Docker with the cgroupfs driver', () => {
    expect(locate('docker-v1-hybrid')).toEqual({
      ...onV1('/docker/<id>'),
      pressure: 'v2 /sys/fs/cgroup/unified/docker/<id>',
    })
  })

  test('on a hybrid machine, Podman', () => {
    expect(locate('podman-v1-hybrid')).toEqual({
      ...onV1('/libpod_parent/libpod-<id>'),
      pressure: 'v2 /sys/fs/cgroup/unified/libpod_parent/libpod-<id>',
    })
  })

  test('on v1 where systemd mounts cpu and cpuacct together', () => {
    const together = 'v1 /sys/fs/cgroup/cpu,cpuacct/system.slice/docker-<id>.scope'
    expect(locate('docker-v1-systemd')).toEqual({
      ...onV1('/system.slice/docker-<id>.scope'),
      cpu: together,
      cpuacct: together,
      pressure: 'v2 /sys/fs/cgroup/unified/system.slice/docker-<id>.scope',
    })
  })

  test('on a hybrid machine that has some controllers on v2', () => {
    const onUnified = 'v2 /sys/fs/cgroup/unified/docker/<id>'
    expect(locate('docker-hybrid-io-v2')).toEqual({
      cpu: 'v1 /sys/fs/cgroup/cpu,cpuacct/docker/<id>',
      cpuacct: 'v1 /sys/fs/cgroup/cpu,cpuacct/docker/<id>',
      memory: 'v1 /sys/fs/cgroup/memory/docker/<id>',
      blkio: onUnified,
      pids: onUnified,
      pressure: onUnified,
    })
  })

  test.each([
    ['docker-v2-systemd', '/system.slice/docker-<id>.scope'],
    ['docker-v2-systemd-inside', '/system.slice/docker-<id>.scope'],
    ['docker-v2-cgroupfs', '/docker/<id>'],
    [
      'docker-v2-rootless',
      '/user.slice/user-1000.slice/user@1000.service/user.slice/docker-<id>.scope',
    ],
    ['podman-v2-systemd', '/machine.slice/libpod-<id>.scope'],
    ['podman-v2-cgroupfs', '/libpod_parent/libpod-<id>'],
    ['nested-v2', '/docker/<id>'],
    [
      'docker-v2-kubernetes',
      '/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod6f1d0b5e_9c3a_4a55_8f0e_2b1c7d9e0f3a.slice/docker-<id>.scope',
    ],
    [
      'podman-v2-rootless',
      '/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-<id>.scope',
    ],
  ])('on v2: %s', (tree, path) => {
    expect(locate(tree)).toEqual(onV2(path))
  })

  test('inside a container that runs its own engine, below the outer cgroup', () => {
    expect(locate('nested-v1')).toEqual(onV1('/docker/<id>'))
  })
})

test('a cgroup that no mount shows is not found', () => {
  expect(locate('nested-v2-outside')).toEqual({})
})

test('a mount point with a space in it is read right', () => {
  const tree = unpackTree('docker-v2-systemd')
  tree.write('self/mountinfo', '35 23 0:29 / /sys/fs/c\\040group rw - cgroup2 cgroup2 rw\n')
  const points = readCgroupMounts(tree).map(({ mountPoint }) => mountPoint)
  expect(points).toEqual([`${tree.sysRoot}/fs/c group`])
})
