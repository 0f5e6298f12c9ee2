import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openTarget } from '../../../main/archives/target'
import { newFolder } from './tars'

describe('a file that is written', () => {
  test('is there only when it is whole, for its owner alone, and nothing is beside it', async () => {
    const folder = newFolder()
    const file = join(folder, 'images.tar')
    const target = await openTarget(file, false)
    await target.handle.writeFile('half')
    expect(existsSync(file)).toBe(false)
    await target.handle.writeFile(' and half')
    await target.keep()
    await target.discard()
    expect(readFileSync(file, 'utf8')).toBe('half and half')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['images.tar'])
  })

  test('leaves nothing when it is given up', async () => {
    const folder = newFolder()
    const target = await openTarget(join(folder, 'images.tar'), false)
    await target.handle.writeFile('half')
    await target.discard()
    expect(readdirSync(folder)).toEqual([])
  })

  test('replaces another only when that was said', async () => {
    const file = join(newFolder(), 'images.tar')
    writeFileSync(file, 'before')
    await expect(openTarget(file, false)).rejects.toMatchObject({
      code: 'confirmation-needed',
      dangers: ['overwrite'],
    })
    const target = await openTarget(file, true)
    await target.handle.writeFile('after')
    expect(readFileSync(file, 'utf8')).toBe('before')
    await target.keep()
    expect(readFileSync(file, 'utf8')).toBe('after')
  })

  test('does not replace one that somebody made meanwhile', async () => {
    const folder = newFolder()
    const file = join(folder, 'images.tar')
    const target = await openTarget(file, false)
    writeFileSync(file, 'theirs')
    await expect(target.keep()).rejects.toMatchObject({ code: 'confirmation-needed' })
    await target.discard()
    expect(readFileSync(file, 'utf8')).toBe('theirs')
    expect(readdirSync(folder)).toEqual(['images.tar'])
  })

  test('goes where a link leads, and the link stays', async () => {
    const folder = newFolder()
    const link = join(folder, 'link.tar')
    mkdirSync(join(folder, 'other'))
    symlinkSync('other/real.tar', link)
    const first = await openTarget(link, false)
    await first.handle.writeFile('new')
    await first.keep()
    expect(readlinkSync(link)).toBe('other/real.tar')
    expect(readFileSync(join(folder, 'other', 'real.tar'), 'utf8')).toBe('new')
    await expect(openTarget(link, false)).rejects.toMatchObject({ code: 'confirmation-needed' })
    expect(readdirSync(folder).sort()).toEqual(['link.tar', 'other'])
  })

  test('is refused in words as a folder, a device, a loop of links, a path that is not absolute, and in a folder that is not there', async () => {
    const folder = newFolder()
    symlinkSync('loop', join(folder, 'loop'))
    for (const [file, expected] of [
      [folder, { code: 'invalid-input', message: expect.stringContaining('folder') as string }],
      ['/dev/null', { code: 'invalid-input' }],
      [join(folder, 'loop'), { code: 'invalid-input' }],
      ['images.tar', { code: 'invalid-input' }],
      [join(folder, 'none', 'images.tar'), { code: 'not-found' }],
      [join(folder, 'x'.repeat(300)), { code: 'invalid-input' }],
    ] as const) {
      await expect(openTarget(file, true), file).rejects.toMatchObject(expected)
    }
  })
})
