import { describe, expect, it } from 'vitest'
import { matchCommands } from '../../../renderer/shell/match'

const commands = [
  { label: 'Go to Containers' },
  { label: 'Stop: web' },
  { label: 'Open stopwatch', detail: 'demo/stopwatch:1' },
  { label: 'Open web', detail: 'nginx:1.27' },
]
const found = (query: string) => matchCommands(commands, query).map(({ label }) => label)

describe('the command palette', () => {
  it('shows everything before anything is typed', () => {
    expect(found('')).toHaveLength(4)
  })

  it('puts commands that begin with the word first', () => {
    expect(found('stop')).toEqual(['Stop: web', 'Open stopwatch'])
  })

  it('finds words in any order, in the detail too', () => {
    expect(found('nginx open')).toEqual(['Open web'])
  })

  it('finds nothing where a word is missing', () => {
    expect(found('stop nginx')).toEqual([])
  })
})
