import { describe, expect, test } from 'vitest'
import { readIgnorePatterns } from '../../../main/builds/ignorePatterns'

/** Which of these the file keeps out. */
function ignored(content: string, paths: string[], kept: string[] = []) {
  const patterns = readIgnorePatterns(content, kept)
  return paths.filter((path) => patterns.ignores(path))
}

describe('an ignore file', () => {
  test('tells names by their case', () => {
    expect(ignored('SRC\n', ['src', 'SRC', 'SRC/a'])).toEqual(['SRC', 'SRC/a'])
  })

  test('takes characters that mean nothing to docker as they are', () => {
    const names = ['a+b', 'ab', 'aab', 'x(1)', 'x1', '{y}', 'p|q', 'p', '^z']
    expect(ignored('a+b\nx(1)\n{y}\np|q\n^z\n', names)).toEqual(['a+b', 'x(1)', '{y}', 'p|q', '^z'])
  })

  test('knows classes, single characters and escapes', () => {
    expect(
      ignored('[a-c].txt\n?.log\n\\!bang\n[^x]z', ['b.txt', 'd.txt', 'x.log', '!bang', 'az', 'xz']),
    ).toEqual(['b.txt', 'x.log', '!bang', 'az'])
  })

  test('begins after a byte order mark, and knows comments only at the beginning of a line', () => {
    expect(ignored('\uFEFFfirst\n#second\n #third\n', ['first', '#second', '#third'])).toEqual([
      'first',
      '#third',
    ])
  })

  test('never keeps out what has to go', () => {
    expect(
      ignored('*\n', ['Dockerfile', '.dockerignore', 'a'], ['.dockerignore', 'Dockerfile']),
    ).toEqual(['a'])
  })

  test('has an ignored folder looked into only where an exception is in it', () => {
    const patterns = readIgnorePatterns('*\n!src/deep/\n !./other/x\n!**/far\n', [])
    expect(
      ['src', 'src/deep', 'other', 'src/more', 'far'].filter((path) =>
        patterns.mayHoldExceptions(path),
      ),
    ).toEqual(['src', 'src/deep', 'other'])
  })
})
