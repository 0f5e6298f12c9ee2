import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { folderSize } from '../../../main/volumes/folderSize'

function newFolder(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-folder-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  execFileSync('sh', ['-c', script], { cwd: folder })
  return folder
}

test('a folder is measured as du does: holes and second names do not count', async () => {
  const folder = newFolder(`
    mkdir -p a/b/c empty
    head -c 10000 /dev/zero > a/full; ln a/full a/b/again; ln -s a/full link; ln -s /etc outside
    truncate -s 5M a/b/c/holes; mkfifo pipe
    for i in $(seq 1 300); do echo $i > "a/b/c/$i"; done
  `)
  let counted = 0
  const measured = await folderSize(folder, (bytes) => (counted += bytes), AbortSignal.timeout(9e3))
  const du = (...args: string[]) =>
    Number(execFileSync('du', ['-s', ...args, folder], { encoding: 'utf8' }).split('\t')[0])
  const ownBlocks = Number(execFileSync('stat', ['-c', '%b', folder], { encoding: 'utf8' })) * 512
  expect(measured.allocatedBytes).toBe(du('--block-size=1') - ownBlocks)
  const small = Array.from({ length: 300 }, (_, at) => String(at + 1).length + 1)
  expect(measured.apparentBytes).toBe(
    10_000 + 5 * 1024 * 1024 + small.reduce((sum, bytes) => sum + bytes, 0),
  )
  expect(counted).toBe(measured.apparentBytes)
  expect(measured.entries).toBe(4 + 2 + 2 + 1 + 1 + 300)
})

test('measuring ends when nobody wants it', async () => {
  const folder = newFolder('mkdir -p a/b; echo > a/b/c')
  const ended = AbortSignal.abort(new Error('enough'))
  await expect(folderSize(folder, () => undefined, ended)).rejects.toThrow('enough')
})

test('what is no folder any more is told', async () => {
  const gone = join(newFolder(':'), 'gone')
  await expect(folderSize(gone, () => undefined, AbortSignal.timeout(9e3))).rejects.toMatchObject({
    code: 'ENOENT',
  })
})
