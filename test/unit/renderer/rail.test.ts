import { expect, test } from 'vitest'
import { pageAt } from '../../../renderer/shell/pages'

test('the rail shows where an address belongs, also one beside its own pages', () => {
  const belonging = {
    containers: ['/containers', '/containers/c1', '/containers/c1/terminal', '/containers/create'],
    images: ['/images/sharing', '/images/sha256:1'],
    volumes: ['/volumes/data'],
  }
  for (const [page, paths] of Object.entries(belonging)) {
    for (const path of paths) expect([path, pageAt(path)]).toEqual([path, page])
  }
  expect(['/logs', '/compare', '/containers/c1/edit'].map(pageAt)).toEqual(
    Array.from({ length: 3 }, () => 'containers'),
  )
  expect(pageAt('/nowhere')).toBeUndefined()
})
