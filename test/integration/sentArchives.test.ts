import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { extract } from 'tar-stream'
import { describe, expect, inject, test } from 'vitest'
import { maker } from '../e2e/things'
import { filesOf } from '../files'
import { openOn } from '../images'
import { recordBodies, type SentBody } from '../sentBodies'

const bed = inject('bed')

const BLOCK = 512
/** POSIX.1-1988 (ustar), Magic: where and what stands in the first header, unpacked. */
const MAGIC = { at: 257, text: 'ustar' }

/** What engines are sent is a tar as it stands: how they unpack one that is packed is theirs to choose. */
describe.each(bed.engines)('an archive that is sent to $kind', (engine) => {
  const { cli, run, idOf } = maker(engine, bed.busybox)

  async function open() {
    const recorded = await recordBodies(engine, bed.folder)
    return { recorded, ...(await openOn({ ...engine, socket: recorded.socket })) }
  }

  test('is a tar that nothing is packed around: files that are uploaded, be they archives', async () => {
    const { recorded, client, engineId } = await open()
    const name = await run()
    const target = { engineId, containerId: await idOf(name) }
    const files = {
      'plain.txt': Buffer.from('x'.repeat(100_000)),
      'packed.tar.gz': gzipSync('y'.repeat(10_000)),
    }
    await filesOf(client, target).upload('/tmp', files)
    const [sent, ...more] = await recorded.of(/^PUT \S*\/archive\?/)
    expect(more).toEqual([])
    expect(await contentsOf(sent)).toEqual(files)
    // The engine took it for the same.
    const digest = createHash('sha256').update(files['packed.tar.gz']).digest('hex')
    expect(await cli(['exec', name, 'sha256sum', '/tmp/packed.tar.gz'])).toContain(digest)
    expect(await cli(['exec', name, 'ls', '/tmp'])).toBe('packed.tar.gz\nplain.txt')
  })
})

/** The files of a tar, once it is clear that it is one, bare. */
async function contentsOf(sent: SentBody | undefined): Promise<Record<string, Buffer>> {
  if (!sent) throw new Error('Nothing was sent.')
  const { headers, body } = sent
  expect(headers['content-encoding']).toBeUndefined()
  expect(body.length % BLOCK).toBe(0)
  const { at, text } = MAGIC
  expect(body.subarray(at, at + text.length).toString('latin1')).toBe(text)
  const reader = extract()
  reader.end(body)
  const contents: Record<string, Buffer> = {}
  for await (const entry of reader) {
    const content = await buffer(entry)
    if (entry.header.type === 'file') contents[entry.header.name] = content
  }
  return contents
}
