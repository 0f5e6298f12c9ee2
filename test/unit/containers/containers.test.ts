import { describe, expect, test } from 'vitest'
import { inspectText, mask, readEnvironment } from '../../../main/masking'
import { forEachItem } from '../../../main/outcomes'

describe('secrets', () => {
  const env = ['API_TOKEN=abc=def', 'PATH=/bin', 'DB_PASSWORD=', 'AUTHOR=me', 'EMPTY']

  test('are masked by name until asked for', () => {
    expect(readEnvironment(env, false)).toEqual([
      { name: 'API_TOKEN', value: mask, masked: true },
      { name: 'PATH', value: '/bin', masked: false },
      { name: 'DB_PASSWORD', value: mask, masked: true },
      { name: 'AUTHOR', value: 'me', masked: false },
      { name: 'EMPTY', value: '', masked: false },
    ])
    expect(readEnvironment(env, true)[0]).toEqual({
      name: 'API_TOKEN',
      value: 'abc=def',
      masked: false,
    })
  })

  test('do not stand in the inspect text either, wherever they are', () => {
    const answer = { Config: { Env: env, Labels: { 'my.secret': 'hidden', plain: 'seen' } } }
    const text = inspectText(answer, false)
    expect(text).not.toMatch(/abc|hidden/)
    expect(text).toContain('seen')
    expect(inspectText(answer, true)).toContain('abc=def')
  })
})

test('acting on several: every one is tried once, in the order given, failures told in place', async () => {
  const { outcomes } = await forEachItem(['a', 'b', 'a', 'c'], (id) =>
    id === 'b' ? Promise.reject(new Error('no')) : Promise.resolve(id === 'a'),
  )
  expect(outcomes).toMatchObject([
    { id: 'a', changed: true },
    { id: 'b', changed: false, problem: { code: 'engine-error' } },
    { id: 'c', changed: false },
  ])
})
