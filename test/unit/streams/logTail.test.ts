import { describe, expect, it } from 'vitest'
import { createLogTail } from '../../../main/streams/logTail'

describe('the tail of a log', () => {
  it('joins pieces until their line break comes', () => {
    const log = createLogTail()
    expect(log.addText('Step 1/2')).toEqual([])
    expect(log.addText(' : FROM\r\nStep 2')).toEqual(['Step 1/2 : FROM'])
    expect(log.lines()).toEqual(['Step 1/2 : FROM', 'Step 2'])
  })

  it('puts a whole line after an unfinished one, not into it', () => {
    const log = createLogTail()
    log.addText('unfinished')
    log.addLine('whole')
    log.addText(' next\n')
    expect(log.lines()).toEqual(['unfinished', 'whole', ' next'])
  })

  it('hands out an unfinished line once when the text has ended', () => {
    const log = createLogTail()
    log.addText('last words')
    expect(log.endText()).toEqual(['last words'])
    expect(log.endText()).toEqual([])
    expect(log.lines()).toEqual(['last words'])
  })

  it('keeps as many lines as it may, and as much of each', () => {
    const log = createLogTail({ maxLines: 3, maxLineLength: 2 })
    for (const line of ['one', 'two', 'three', 'four', 'five', 'six', 'seven']) log.addLine(line)
    log.addText('unfinished')
    expect(log.lines()).toEqual(['si', 'se', 'un'])
  })
})
