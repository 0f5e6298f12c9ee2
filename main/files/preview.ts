import { isUtf8 } from 'node:buffer'
import {
  MOST_PICTURE_BYTES,
  MOST_TEXT_BYTES,
  type FilePreview,
  type pictureTypes,
} from '../../preload/contract/files'
import type { Place } from './place'
import { readFile, versionOf, type FileContent } from './readFile'

/** What is shown of a file that is neither text nor a picture. */
const BINARY_BYTES = 512

type PictureType = (typeof pictureTypes)[number]

/** Reads as much of a file as is shown of it. */
export async function previewFile(
  place: Place,
  path: string,
  signal?: AbortSignal,
): Promise<FilePreview> {
  // A picture is known by its first bytes, so what may be one is read in one go.
  const most = mayBePicture(path) ? MOST_PICTURE_BYTES : MOST_TEXT_BYTES + 1
  const file = await readFile(place, path, most, signal)
  return { path: file.path, sizeBytes: file.sizeBytes, content: contentOf(file) }
}

function contentOf({
  kind,
  path,
  beginning,
  sizeBytes,
  stat,
}: FileContent): FilePreview['content'] {
  if (kind !== 'file') return { kind: 'none' }
  const picture = pictureType(beginning, path)
  if (picture && beginning.length >= sizeBytes) {
    return { kind: 'picture', type: picture, base64: beginning.toString('base64') }
  }
  const truncated = beginning.length > MOST_TEXT_BYTES || beginning.length < sizeBytes
  const shown = beginning.subarray(0, MOST_TEXT_BYTES)
  const text = truncated ? wholeCharacters(shown) : shown
  if (!isText(text)) {
    return { kind: 'binary', base64: beginning.subarray(0, BINARY_BYTES).toString('base64') }
  }
  return {
    kind: 'text',
    text: text.toString('utf8'),
    truncated,
    version: truncated || stat === null ? null : versionOf(beginning, stat),
  }
}

/** UTF-8 without NUL, which no text holds. */
export function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(0)
}

/** Without a character that was cut in the middle: UTF-8 has four bytes at most. */
function wholeCharacters(bytes: Buffer): Buffer {
  for (let cut = 0; cut < 4; cut++) {
    const whole = bytes.subarray(0, bytes.length - cut)
    if (isUtf8(whole)) return whole
  }
  return bytes
}

const mayBePicture = (path: string) => /\.(?:png|jpe?g|gif|webp|svg)$/i.test(path)

/** By its first bytes; SVG, which is text, by its name too. */
export function pictureType(bytes: Buffer, path: string): PictureType | null {
  const begins = (text: string, at = 0) =>
    bytes.subarray(at, at + text.length).toString('latin1') === text
  if (begins('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (begins('\xff\xd8\xff')) return 'image/jpeg'
  if (begins('GIF87a') || begins('GIF89a')) return 'image/gif'
  if (begins('RIFF') && begins('WEBP', 8)) return 'image/webp'
  const isSvg = /\.svg$/i.test(path) && /<svg[\s>]/.test(bytes.subarray(0, 4_096).toString('utf8'))
  return isSvg ? 'image/svg+xml' : null
}
