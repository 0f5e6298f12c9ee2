import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { instructionOf } from '../../../main/images/details'
import { sampleLoads } from '../../../main/samples/loads'
import { fitsThisMachine } from '../../../main/samples/samples'
import { isStaticElf } from '../../../main/samples/staticBusybox'

/** The first bytes of a 64-bit ELF file with program headers of these types. */
function elf(...types: number[]): Buffer {
  const head = Buffer.alloc(64 + types.length * 56)
  head.writeUInt32LE(0x464c457f, 0)
  head[4] = 2
  head[5] = 1
  head.writeBigUInt64LE(64n, 32)
  head.writeUInt16LE(56, 54)
  head.writeUInt16LE(types.length, 56)
  types.forEach((type, index) => head.writeUInt32LE(type, 64 + index * 56))
  return head
}

describe('a static program', () => {
  test('has no interpreter among its program headers', () => {
    expect(isStaticElf(elf(1, 1, 2))).toBe(true)
    expect(isStaticElf(elf(6, 3, 1))).toBe(false)
  })

  test.each([
    Buffer.alloc(0),
    Buffer.from('#!/bin/sh\n'),
    elf().fill(0xff, 5),
    elf(1).subarray(0, 60),
    elf(),
  ])('is never seen in what is no such file (%#)', (head) => {
    expect(isStaticElf(head)).toBe(false)
  })
})

test.each(sampleLoads.map(({ name, program }) => [name, program]))(
  'the program of %s is one that a shell reads',
  (_, program) => {
    execFileSync('sh', ['-n', '-c', program])
  },
)

test('a busybox of this machine serves engines of its own kind only', () => {
  expect(fitsThisMachine('linux/x86_64', 'x64')).toBe(true)
  expect(fitsThisMachine('linux/amd64', 'x64')).toBe(true)
  expect(fitsThisMachine('linux/aarch64', 'x64')).toBe(false)
  expect(fitsThisMachine('windows/amd64', 'x64')).toBe(false)
})

test.each([
  ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD ["sh"]'],
  [
    String.raw`/bin/sh -c #(nop)  CMD ["sh" "-c" "a \"b\" c"]`,
    String.raw`CMD ["sh", "-c", "a \"b\" c"]`,
  ],
  ['/bin/sh -c apk add curl', 'RUN apk add curl'],
  ['RUN /bin/sh -c apk add curl # buildkit', 'RUN apk add curl'],
  ['|1 VERSION=2 /bin/sh -c make', 'RUN make'],
  ['COPY file /x # buildkit', 'COPY file /x'],
  ['', ''],
])('history %j reads as the instruction %j', (createdBy, instruction) => {
  expect(instructionOf(createdBy)).toBe(instruction)
})
