import { describe, expect, it } from 'vitest'
import { draftOf, formOf, thresholdAfter } from '../../../renderer/alerts/ruleForm'
import { ruleText } from '../../../renderer/alerts/sentence'
import { useWords } from '../../../renderer/words'
import { draft } from '../alerts/rules'

describe('a rule in words', () => {
  const { t } = useWords()
  it.each([
    [{ forSeconds: 120, container: 'web-*' }, 'CPU above 80% for 2 min, containers named web-*'],
    [
      { metric: 'memoryBytes', threshold: 1.5 * 1024 ** 3, forSeconds: 5, label: 'tier=front' },
      'Memory above 1.5 GiB for 5 s, containers with the label tier=front',
    ],
    [
      { metric: 'receivedBytesPerSecond', comparison: 'below', threshold: 1024, forSeconds: 3_600 },
      'Network received below 1 KiB/s for 1 h, every container',
    ],
    [
      { metric: 'processes', threshold: 500, container: 'db', label: 'tier' },
      'Processes above 500, containers named db with the label tier',
    ],
  ] as const)('%j reads: %s', (changes, sentence) => {
    expect(ruleText(t, draft(changes))).toBe(sentence)
  })
})

describe('the form of a rule', () => {
  it('gives back the rule that it was made from', () => {
    const rules = [
      draft(),
      draft({ metric: 'memoryBytes', threshold: 1.5 * 1024 ** 2, forSeconds: 90 }),
      draft({ metric: 'readBytesPerSecond', threshold: 5 * 1024 ** 2, forSeconds: 7_200 }),
      draft({ container: 'web-*', label: 'tier=front', comparison: 'below', enabled: false }),
    ]
    for (const each of rules) expect(draftOf(formOf(each), () => '').rule).toEqual(each)
  })

  it('says which fields are wrong', () => {
    const wrong = (changes: object) => [
      ...draftOf({ ...formOf(draft()), ...changes }, () => 'name').wrong,
    ]
    expect(wrong({ threshold: 'much' })).toEqual(['threshold'])
    expect(wrong({ threshold: '' })).toEqual(['threshold'])
    expect(wrong({ duration: '25', durationUnit: 'hours' })).toEqual(['duration'])
    expect(wrong({ label: '=front' })).toEqual(['label'])
    expect(wrong({ threshold: '0,5', duration: '1.5', durationUnit: 'minutes' })).toEqual([])
  })

  it('keeps a threshold only where the unit stays the same', () => {
    expect(thresholdAfter('70', 'cpuPercent', 'memoryOfLimitPercent')).toBe('70')
    expect(thresholdAfter('70', 'cpuPercent', 'memoryBytes')).toBe('512')
  })
})
