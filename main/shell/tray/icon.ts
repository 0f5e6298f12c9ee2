import { nativeImage, type NativeImage } from 'electron'
import type { TrayModel } from './model'

/** Points; each is drawn at one and at two pixels to the point. */
const size = 16

/** The quay crane of the app's icon: rectangles `[x, y, width, height]` in points. */
const crane = [
  [1, 2, 14, 2],
  [3, 1, 2, 14],
  [10, 4, 1, 4],
] as const
const containerBox = [7, 8, 7, 5] as const
const containerHole = [8, 9, 5, 3] as const

/**
 * The icon as BGRA with premultiplied alpha, `size * scale` pixels wide: the container on the crane is
 * filled while any runs, and everything is faint without an engine.
 *
 * @param white for dark panels
 */
export function drawTrayIcon(icon: TrayModel['icon'], white: boolean, scale: number): Buffer {
  const width = size * scale
  const alpha = icon === 'no-engine' ? 0x80 : 0xff
  const pixels = Buffer.alloc(width * width * 4)
  const fill = ([x, y, w, h]: readonly [number, number, number, number], a: number) => {
    const colour = white ? a : 0
    const pixel = Buffer.from([colour, colour, colour, a])
    for (let row = y * scale; row < (y + h) * scale; row++) {
      for (let column = x * scale; column < (x + w) * scale; column++) {
        pixel.copy(pixels, (row * width + column) * 4)
      }
    }
  }
  for (const part of crane) fill(part, alpha)
  fill(containerBox, alpha)
  if (icon !== 'running') fill(containerHole, 0)
  return pixels
}

/** The tray's image: on macOS a template, which the system colours itself. */
export function trayIcon(icon: TrayModel['icon'], darkPanel: boolean): NativeImage {
  const template = process.platform === 'darwin'
  const white = darkPanel && !template
  const image = nativeImage.createFromBitmap(drawTrayIcon(icon, white, 1), {
    ...{ width: size, height: size, scaleFactor: 1 },
  })
  image.addRepresentation({
    ...{ width: size * 2, height: size * 2, scaleFactor: 2 },
    buffer: drawTrayIcon(icon, white, 2),
  })
  if (template) image.setTemplateImage(true)
  return image
}
