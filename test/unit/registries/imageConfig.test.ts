import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readImageConfig } from '../../../main/registries/imageConfig'
import { cappedText, namedTexts } from '../../../main/registries/text'

describe('the configuration of an image in a registry', () => {
  it('is read as far as it makes sense, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (config) => {
        const read = readImageConfig(
          { created: config, os: config, architecture: config, config, history: config },
          'sha256:0',
          false,
        )
        expect(read?.summary.digest).toBe('sha256:0')
      }),
    )
  })

  it('masks what looks secret until it is asked for', () => {
    const json = { config: { Env: ['DB_PASSWORD=hush', 'LANG=C'] } }
    const values = (reveal: boolean) =>
      readImageConfig(json, 'd', reveal)?.summary.environment.map(({ value }) => value)
    expect(values(false)).toEqual(['••••••••', 'C'])
    expect(values(true)).toEqual(['hush', 'C'])
  })

  it('is capped in length and number', () => {
    const json = {
      config: {
        Env: Array.from({ length: 5_000 }, (_, n) => `N${n}=${'x'.repeat(20)}`),
        Labels: { long: 'y'.repeat(100_000) },
      },
    }
    const summary = readImageConfig(json, 'd', false)?.summary
    expect(summary?.environment).toHaveLength(500)
    expect(summary?.labels[0]?.value).toHaveLength(4_096)
  })

  it('is none where it is no object', () => {
    expect(readImageConfig('text', 'd', false)).toBeNull()
    expect(readImageConfig(null, 'd', false)).toBeNull()
  })
})

describe('texts of a registry', () => {
  it('end with a mark where they were cut', () => {
    expect(cappedText('abcdef', 4)).toBe('abc…')
    expect(cappedText('abcd', 4)).toBe('abcd')
  })

  it('keep names that mean something to JavaScript', () => {
    const annotations = JSON.parse('{"__proto__":"a","constructor":"b"}') as Record<string, string>
    expect(namedTexts(annotations)).toEqual([
      { name: '__proto__', value: 'a' },
      { name: 'constructor', value: 'b' },
    ])
  })
})
