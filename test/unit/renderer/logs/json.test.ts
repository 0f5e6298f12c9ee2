import { describe, expect, it } from 'vitest'
import { parseObject, summarise, unfold } from '../../../../renderer/logs/json'

describe('a line of JSON', () => {
  it('is told by its message, then by what is not said beside it already', () => {
    const text = '{"level":"info","ts":1,"msg":"listening","port":80,"by":{"id":7},"path":"/a b"}'
    expect(summarise(parseObject(text) ?? {})).toEqual({
      message: 'listening',
      rest: 'port=80 by={"id":7} path=/a b',
    })
  })

  it('without a message is told by all of it', () => {
    expect(summarise({ a: 1, b: null })).toEqual({ message: null, rest: 'a=1 b=null' })
  })

  it('is none where it only looks like it', () => {
    for (const text of ['{"a":', '[1]', '"a"', 'null', '7']) {
      expect(parseObject(text)).toBeUndefined()
    }
  })

  it('unfolds to a line for each value', () => {
    const { rows, more } = unfold({ a: [1, {}], b: { c: '<b>"x"</b>' }, d: true })
    expect(rows.map(({ depth, key, text }) => `${'  '.repeat(depth)}${key ?? ''}|${text}`)).toEqual(
      [
        '|{',
        '  a|[',
        '    |1',
        '    |{}',
        '  |]',
        '  b|{',
        '    c|"<b>\\"x\\"</b>"',
        '  |}',
        '  d|true',
        '|}',
      ],
    )
    expect(more).toBe(false)
  })

  it('of many values is laid out as far as one reads, and of any depth', () => {
    const many = unfold({ all: Array.from({ length: 20_000 }, (_, index) => index) })
    expect(many.rows).toHaveLength(500)
    expect(many.more).toBe(true)
    const depth = 20_000
    const deep = parseObject(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`)
    expect(unfold(deep ?? {}).rows).toHaveLength(500)
    expect(summarise(deep ?? {}).rest.length).toBeGreaterThan(2)
  })
})
