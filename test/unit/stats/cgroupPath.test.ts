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

describe('the cgroups of a container are found', () => {
  test('on a hybrid machine, Docker with the cgroupfs driver', () => {
    expect(locate('docker-v1-hybrid')).toEqual({
      cpu: 'v1 /sys/fs/cgroup/cpu/docker/<id>',
      cpuacct: 'v1 /sys/fs/cgroup/cpuacct/docker/<id>',
      memory: 'v1 /sys/fs/cgroup/memory/docker/<id>',
    })
  })

  test('on a hybrid machine, Podman', () => {
    expect(locate('podman-v1-hybrid')).toEqual({
      cpu: 'v1 /sys/fs/cgroup/cpu/libpod_parent/libpod-<id>',
      cpuacct: 'v1 /sys/fs/cgroup/cpuacct/libpod_parent/libpod-<id>',
      memory: 'v1 /sys/fs/cgroup/memory/libpod_parent/libpod-<id>',
    })
  })

  test('on v1 where systemd mounts cpu and cpuacct together', () => {
    expect(locate('docker-v1-systemd')).toEqual({
      cpu: 'v1 /sys/fs/cgroup/cpu,cpuacct/system.slice/docker-<id>.scope',
      cpuacct: 'v1 /sys/fs/cgroup/cpu,cpuacct/system.slice/docker-<id>.scope',
      memory: 'v1 /sys/fs/cgroup/memory/system.slice/docker-<id>.scope',
    })
  })

  test.each([
    ['docker-v2-systemd', '/system.slice/docker-<id>.scope'],
    ['docker-v2-systemd-inside', '/system.slice/docker-<id>.scope'],
    ['docker-v2-cgroupfs', '/docker/<id>'],
    [
      'podman-v2-rootless',
      '/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-<id>.scope',
    ],
  ])('on v2: %s', (tree, path) => {
    const folder = `v2 /sys/fs/cgroup${path}`
    expect(locate(tree)).toEqual({ cpu: folder, cpuacct: folder, memory: folder })
  })

  test('inside a container that runs its own engine, below the outer cgroup', () => {
    expect(locate('nested-v1')).toEqual({
      cpu: 'v1 /sys/fs/cgroup/cpu/docker/<id>',
      cpuacct: 'v1 /sys/fs/cgroup/cpuacct/docker/<id>',
      memory: 'v1 /sys/fs/cgroup/memory/docker/<id>',
    })
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
