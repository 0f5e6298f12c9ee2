import { describe, expect, it } from 'vitest'
import { createdText } from '../../../renderer/images/details/facts'
import { imageFilter, matchesSearch, passesFilter } from '../../../renderer/images/filter'
import { groupByRepository, plainName, referenceParts } from '../../../renderer/images/names'
import { planRemoval } from '../../../renderer/images/removal'
import { useWords } from '../../../renderer/words'
import { container, image } from './fixtures'

const { t } = useWords()

describe('when an image was made', () => {
  it('is told with its age, and not where a reproducible build wrote no moment', () => {
    const now = Date.UTC(2026, 10, 26)
    expect(createdText(now - 3_600_000, t, now)).toMatch(/2026.*\(1 h ago\)$/)
    expect(createdText(0, t, now)).toBe('Not recorded')
    expect(createdText(-62_135_596_800_000, t, now)).toBe('Not recorded')
  })
})

describe('the list of images', () => {
  it('filters by use and by name', () => {
    const used = image({ usedBy: ['c'] })
    const dangling = image({ references: [], dangling: true })
    expect(passesFilter(used, 'in-use')).toBe(true)
    expect(passesFilter(used, 'unused')).toBe(false)
    expect(passesFilter(dangling, 'dangling')).toBe(true)
    expect(passesFilter(dangling, 'unused')).toBe(true)
    expect(imageFilter('something an older version knew')).toBe('all')
  })

  it('finds every word of the search in names, digests and id', () => {
    const both = image({ references: ['ghcr.io/me/api:1', 'api:latest'] })
    expect(matchesSearch(both, '')).toBe(true)
    expect(matchesSearch(both, 'API ghcr')).toBe(true)
    expect(matchesSearch(both, 'api redis')).toBe(false)
    expect(matchesSearch(both, 'aaaaaa')).toBe(true)
  })
})

describe('removing images', () => {
  it('names what goes and what it frees at most, and keeps what any container uses', () => {
    const used = image({ references: ['b:1'], usedBy: ['up', 'down', 'f'.repeat(64)] })
    const plan = planRemoval(
      [
        image({ references: ['a:1', 'a:2'], sizeBytes: 10 }),
        image({ references: [], dangling: true, sizeBytes: 5 }),
        used,
      ],
      new Map([
        ['up', container('up')],
        ['down', container('down', { state: 'exited' })],
      ]),
      null,
    )
    expect(plan.going).toHaveLength(2)
    expect(plan.references).toEqual(['a:1', 'a:2'])
    expect(plan.dangling).toHaveLength(1)
    expect(plan.bytes).toBe(15)
    expect(plan.freed).toBeNull()
    expect(plan.staying).toEqual([{ image: used, users: ['up', 'down', 'f'.repeat(12)] }])
  })
})

describe('names', () => {
  it.each([
    ['alpine', 'alpine:latest'],
    ['docker.io/library/alpine:latest', 'alpine:latest'],
    [' docker.io/me/app:1.2 ', 'me/app:1.2'],
    ['localhost/app:1', 'localhost/app:1'],
    [`sha256:${'a'.repeat(64)}`, `sha256:${'a'.repeat(64)}`],
  ])('that mean the same image are the same in short: %s', (name, plain) => {
    expect(plainName(name)).toBe(plain)
  })

  it('are shown by repository, each with its tags', () => {
    expect(groupByRepository(['nginx:latest', 'nginx:1.2', 'localhost:5000/a:1'])).toEqual([
      { repository: 'nginx', versions: [':latest', ':1.2'] },
      { repository: 'localhost:5000/a', versions: [':1'] },
    ])
    const digest = `@sha256:${'0'.repeat(64)}`
    expect(referenceParts(`ghcr.io/a/b${digest}`)).toEqual({
      repository: 'ghcr.io/a/b',
      version: digest,
    })
    expect(referenceParts('NOT/valid:')).toEqual({ repository: 'NOT/valid:', version: '' })
  })
})
