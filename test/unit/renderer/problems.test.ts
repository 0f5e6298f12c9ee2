import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import { LinkLostError, toProblem } from '../../../renderer/problems'

describe('toProblem', () => {
  it('keeps code, sentence, hint and the engine’s words of an error of the contract', () => {
    const error = new ORPCError('conflict', {
      message: 'Its present state does not allow this.',
      data: { hint: 'Stop it first.', engineMessage: 'container is running' },
    })
    expect(toProblem(error)).toEqual({
      code: 'conflict',
      message: 'Its present state does not allow this.',
      hint: 'Stop it first.',
      engineMessage: 'container is running',
    })
  })

  it('calls an error that the contract does not know an engine error', () => {
    const error = new ORPCError('INTERNAL_SERVER_ERROR', { message: 'Oops' })
    expect(toProblem(error)).toEqual({ code: 'engine-error', message: 'Oops' })
  })

  it('says that Longshore is gone when the link is, not the engine', () => {
    expect(toProblem(new LinkLostError()).message).toContain('Longshore')
  })

  it('knows a cancelled call', () => {
    expect(toProblem(new DOMException('aborted', 'AbortError')).code).toBe('cancelled')
  })

  it('shows anything else that was thrown', () => {
    expect(toProblem('what')).toMatchObject({ code: 'engine-error', engineMessage: 'what' })
    expect(toProblem(new Error('boom')).message).toBe('boom')
  })
})
