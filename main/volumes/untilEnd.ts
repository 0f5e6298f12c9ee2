const BLOCK_BYTES = 512
/** An extended header's own size: some kilobytes; one that is larger is not looked into. */
const MOST_EXTENDED_BYTES = 1024 * 1024
/** Types whose size field says nothing, for they have no content (Go archive/tar `isHeaderOnlyType`). */
const WITHOUT_CONTENT = new Set(['1', '2', '3', '4', '5', '6'])

/**
 * A tar as it passes, up to the two blocks of zeros that end it; what pads it behind them is read and dropped.
 * Podman's unpacker ends at the second, and its service fails where it still has something to pass on then
 * (buildah copier, "passing bulk input to subprocess: broken pipe"; measured on 4.3.1).
 */
export async function* untilEnd(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  /** Of an entry's content, with what fills its last block. */
  let skipBytes = 0
  let header: Buffer = Buffer.alloc(0)
  let zeroBlocks = 0
  /** What an extended header says of the next entry's size. */
  let told: number | null = null
  let extended: { buffers: Buffer[]; leftBytes: number } | null = null

  for await (const chunk of chunks) {
    let at = 0
    while (at < chunk.length && zeroBlocks < 2) {
      if (skipBytes > 0) {
        const part = chunk.subarray(at, at + skipBytes)
        extended?.buffers.push(part)
        skipBytes -= part.length
        at += part.length
        if (skipBytes === 0 && extended !== null) {
          told = sizeIn(Buffer.concat(extended.buffers).subarray(0, extended.leftBytes))
          extended = null
        }
        continue
      }
      const part = chunk.subarray(at, at + BLOCK_BYTES - header.length)
      header = Buffer.concat([header, part])
      at += part.length
      if (header.length < BLOCK_BYTES) continue
      if (header.every((byte) => byte === 0)) zeroBlocks++
      else {
        zeroBlocks = 0
        const type = String.fromCharCode(header[156] ?? 0)
        const isHeader = 'xgLK'.includes(type)
        const size = isHeader ? sizeOf(header) : (told ?? sizeOf(header))
        const bytes = WITHOUT_CONTENT.has(type) ? 0 : size
        skipBytes = Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES
        if (type === 'x' && bytes <= MOST_EXTENDED_BYTES) {
          extended = { buffers: [], leftBytes: bytes }
        } else if (!isHeader) told = null
      }
      header = Buffer.alloc(0)
    }
    if (at > 0) yield chunk.subarray(0, at)
  }
}

/** Octal digits, or a binary number where the first bit is set (GNU tar, "base-256"). */
function sizeOf(header: Buffer): number {
  const field = header.subarray(124, 136)
  if (((field[0] ?? 0) & 0x80) !== 0) {
    return Number(BigInt(`0x${field.subarray(1).toString('hex')}`))
  }
  return Number.parseInt(field.toString('latin1').replace(/[\0 ]+/g, ''), 8) || 0
}

/** `size` among the records of an extended header, each `<length> <name>=<value>\n` (POSIX pax). */
function sizeIn(records: Buffer): number | null {
  const digits = /(?:^|\n)\d+ size=(\d+)\n/.exec(records.toString('latin1'))?.[1]
  return digits === undefined ? null : Number(digits)
}
