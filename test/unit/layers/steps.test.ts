import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alignByMarks, alignSteps, type Step } from '../../../main/layers/steps'

const EMPTY = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef'

function step(instruction: string, sizeBytes = 0): Step {
  return { instruction, sizeBytes, createdAt: 0, comment: '' }
}

describe('which step made which layer', () => {
  test('steps with bytes did, in order', () => {
    const steps = [step('ADD a /', 5), step('ENV A=b'), step('RUN b', 7), step('CMD ["sh"]')]
    expect(alignSteps(steps, ['a', 'b'])).toEqual({ layers: [0, null, 1, null], unmade: 0 })
  })

  test('where layers are left over, an instruction that may make one without a byte did', () => {
    const steps = [step('ADD a /', 5), step('ENV A=b'), step('WORKDIR /x'), step('CMD ["sh"]')]
    expect(alignSteps(steps, ['a', 'b']).layers).toEqual([0, null, 1, null])
  })

  test('the known empty layer belongs to a step without bytes, not to one with them', () => {
    const steps = [step('RUN true'), step('RUN a', 5), step('RUN true')]
    expect(alignSteps(steps, ['a', EMPTY]).layers).toEqual([null, 0, 1])
    expect(alignSteps(steps, [EMPTY, 'a']).layers).toEqual([0, 1, null])
  })

  test('of equally likely steps the lower one did', () => {
    const steps = [step('RUN one'), step('RUN two'), step('RUN three')]
    expect(alignSteps(steps, ['a', 'b']).layers).toEqual([0, 1, null])
  })

  test('layers that no step made lie below them all', () => {
    expect(alignSteps([step('RUN a', 1)], ['x', 'y', 'a'])).toEqual({ layers: [2], unmade: 2 })
    expect(alignSteps([], ['x'])).toEqual({ layers: [], unmade: 1 })
    expect(alignByMarks([false, true], 3)).toEqual({ layers: [2, null], unmade: 2 })
  })

  test('marks are exact, and refused where they do not fit', () => {
    expect(alignByMarks([true, false, true, false], 2)?.layers).toEqual([null, 0, null, 1])
    expect(alignByMarks([false, false], 1)).toBeNull()
  })

  test('every layer is placed once and in order, and steps with bytes are right wherever they can be', () => {
    const steps = fc.array(
      fc.record({
        empty: fc.boolean(),
        sizeBytes: fc.nat(3),
        word: fc.constantFrom('RUN x', 'ENV x', 'COPY x', 'WORKDIR x', 'LABEL x', ''),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(steps, (made) => {
        const history = made.map(({ empty, sizeBytes, word }) => step(word, empty ? 0 : sizeBytes))
        const layers = made.flatMap(({ empty }, at) => (empty ? [] : [`layer ${at}`]))
        const aligned = alignSteps(history, layers)
        const placed = aligned.layers.filter((layer) => layer !== null)
        expect(placed).toEqual(layers.map((_, at) => at))
        expect(aligned.unmade).toBe(0)
        for (const [at, { sizeBytes }] of history.entries()) {
          if (sizeBytes > 0) expect(aligned.layers[at]).not.toBeNull()
        }
      }),
    )
  })
})
