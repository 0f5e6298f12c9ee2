import { expect, test } from 'vitest'
import { singleChanges } from '../../../main/archives/singleChanges'

test('several variables or labels of one instruction become one instruction each', () => {
  expect(
    singleChanges([
      'ENV PATH=/bin SHIP="big sloop"  MOTTO=a\\ b',
      "label a=1 b='x y'",
      'ENV ONE=1',
      'ENV LEGACY is one value = all of it',
      'CMD ["sh", "-c", "A=1 B=2"]',
    ]),
  ).toEqual([
    'ENV PATH=/bin',
    'ENV SHIP="big sloop"',
    'ENV MOTTO=a\\ b',
    'label a=1',
    "label b='x y'",
    'ENV ONE=1',
    'ENV LEGACY is one value = all of it',
    'CMD ["sh", "-c", "A=1 B=2"]',
  ])
})
