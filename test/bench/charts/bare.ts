import { topPercent, type Drawing } from './drawing'

/** The least that draws the same line: one path on a 2D canvas, without axes, text or limit. */
export const bare: Drawing = {
  begin(canvas, first) {
    const context = canvas.getContext('2d')
    if (!context) throw new Error('There is no canvas to draw on.')
    const { width, height } = canvas.getBoundingClientRect()
    Object.assign(canvas, { width, height })
    const values = [...first]
    draw()
    return {
      tick(value) {
        values.shift()
        values.push(value)
        draw()
      },
      destroy: () => context.clearRect(0, 0, width, height),
    }

    function draw(): void {
      if (!context) return
      context.clearRect(0, 0, width, height)
      context.beginPath()
      values.forEach((value, index) => {
        context.lineTo((index / (values.length - 1)) * width, (1 - value / topPercent) * height)
      })
      context.strokeStyle = '#2f6fdb'
      context.lineWidth = 1.5
      context.stroke()
    }
  },
}
