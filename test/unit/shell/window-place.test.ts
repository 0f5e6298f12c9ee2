import { describe, expect, test } from 'vitest'
import { placeWindow } from '../../../main/shell/window-place'

const main = { x: 0, y: 0, width: 1920, height: 1040 }
const left = { x: -1280, y: 200, width: 1280, height: 984 }
const at = (x: number, y: number) => ({ x, y, width: 1000, height: 700, maximised: false })

describe('a window opens', () => {
  test('in the usual size when it was never moved', () => {
    expect(placeWindow(null, [main])).toEqual({ width: 1280, height: 800 })
  })

  test('where it was, on any screen', () => {
    expect(placeWindow(at(50, 60), [main])).toEqual({ x: 50, y: 60, width: 1000, height: 700 })
    expect(placeWindow(at(-1200, 300), [main, left])).toMatchObject({ x: -1200, y: 300 })
  })

  test('where it was when enough of its title bar can be seen', () => {
    expect(placeWindow(at(1920 - 120, 0), [main])).toMatchObject({ x: 1800 })
    expect(placeWindow(at(1920 - 119, 0), [main])).not.toHaveProperty('x')
    expect(placeWindow(at(0, -1), [main])).not.toHaveProperty('y')
  })

  test('in its old size elsewhere when its screen is gone', () => {
    expect(placeWindow(at(-1200, 300), [main])).toEqual({ width: 1000, height: 700 })
    expect(placeWindow(at(50, 60), [])).toEqual({ width: 1000, height: 700 })
  })

  test('not smaller than it can be used', () => {
    const tiny = { x: 0, y: 0, width: 3, height: 3, maximised: false }
    expect(placeWindow(tiny, [main])).toEqual({ x: 0, y: 0, width: 760, height: 480 })
  })
})
