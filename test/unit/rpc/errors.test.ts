import { ORPCError } from '@orpc/server'
import { describe, expect, test } from 'vitest'
import { Failure, toProblem } from '../../../main/errors'

const answer = (statusCode: number, json: unknown = { message: 'said' }) =>
  Object.assign(new Error(`(HTTP code ${statusCode}) reason - said `), { statusCode, json })
const system = (code: string) => Object.assign(new Error(code), { code })

describe('whatever goes wrong becomes one of the known failures', () => {
  test.each([
    [answer(400), 'invalid-input'],
    [answer(401), 'unauthorized'],
    [answer(404), 'not-found'],
    [answer(409), 'conflict'],
    [answer(500), 'engine-error'],
    [answer(500, { message: 'x', cause: 'no such container' }), 'not-found'],
    [answer(500, { message: 'write /x: no space left on device' }), 'disk-full'],
    [system('EACCES'), 'permission-denied'],
    [system('ENOENT'), 'engine-unreachable'],
    [system('ECONNREFUSED'), 'engine-unreachable'],
    [system('ENOSPC'), 'disk-full'],
    [new DOMException('x', 'TimeoutError'), 'timeout'],
    [new DOMException('x', 'AbortError'), 'cancelled'],
    [new Failure('conflict', 'x'), 'conflict'],
    [new Error('x'), 'engine-error'],
    ['thrown text', 'engine-error'],
  ])('%s', (error, code) => {
    expect(toProblem(error).code).toBe(code)
  })

  test("the engine's own words are kept, without the library's", () => {
    expect(toProblem(answer(404)).engineMessage).toBe('said')
    const bare = Object.assign(new Error('(HTTP code 404) no such container - said '), {
      statusCode: 404,
    })
    expect(toProblem(bare).engineMessage).toBe('said')
  })

  test('no permission says which group, or rootless', () => {
    expect(toProblem(system('EACCES')).hint).toMatch(/docker" group.*rootless/)
  })

  test('refused input names the field', () => {
    const error = new ORPCError('BAD_REQUEST', {
      data: { issues: [{ path: ['ports', 0, 'hostPort'], message: 'Too big' }] },
    })
    expect(toProblem(error)).toMatchObject({
      code: 'invalid-input',
      hint: 'ports.0.hostPort: Too big',
    })
  })

  test('no stack crosses', () => {
    expect(JSON.stringify(toProblem(new Error('x')))).not.toContain('errors.test')
  })
})
