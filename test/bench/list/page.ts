import type { Page } from 'playwright-core'

/** When each text was first seen in a table's rows, milliseconds since 1970 UTC. */
export interface SeenTexts {
  at(text: string): Promise<number>
}

declare global {
  interface Window {
    seenTexts?: Map<string, number>
  }
}

/** Notes from now on when words that begin with `prefix` come into the table. */
export async function watchTexts(page: Page, prefix: string): Promise<SeenTexts> {
  await page.evaluate((beginning) => {
    const seen = new Map<string, number>()
    window.seenTexts = seen
    const grid = document.querySelector('[role=grid]')
    if (!grid) throw new Error('There is no table.')
    const look = () => {
      for (const [text] of grid.textContent.matchAll(new RegExp(`${beginning}\\d+`, 'g'))) {
        if (!seen.has(text)) seen.set(text, Date.now())
      }
    }
    new MutationObserver(look).observe(grid, {
      ...{ subtree: true, childList: true, characterData: true },
    })
  }, prefix)
  return {
    async at(text) {
      const found = await page.waitForFunction((one) => window.seenTexts?.get(one), text)
      return Number(await found.jsonValue())
    },
  }
}

/** How long each frame took while an element was scrolled by `step` pixels a frame, milliseconds. */
export function scroll(
  page: Page,
  selector: string,
  { frames, step }: { frames: number; step: number },
): Promise<number[]> {
  return page.evaluate(
    ([where, count, by]) =>
      new Promise<number[]>((resolve, reject) => {
        const element = document.querySelector(where)
        if (!element) {
          reject(new Error(`There is no ${where}.`))
          return
        }
        const times: number[] = []
        let direction = 1
        let before = performance.now()
        const frame = (now: number) => {
          times.push(now - before)
          before = now
          if (times.length >= count) {
            resolve(times.slice(1))
            return
          }
          const { scrollTop, scrollHeight, clientHeight } = element
          if (scrollTop + clientHeight >= scrollHeight - 1) direction = -1
          else if (scrollTop <= 0) direction = 1
          element.scrollTop += by * direction
          requestAnimationFrame(frame)
        }
        requestAnimationFrame(frame)
      }),
    [selector, frames, step] as const,
  )
}

/**
 * The peer's way of a long list: every row in the document at once. Copies of the rows that the app drew,
 * so that what a row costs is the same.
 *
 * @returns a selector of what scrolls, and how long it took to draw, milliseconds
 */
export async function drawAllRows(
  page: Page,
  rows: number,
): Promise<{ selector: string; millis: number }> {
  const millis = await page.evaluate(
    (count) =>
      new Promise<number>((resolve) => {
        const drawn = [...document.querySelectorAll('[role=grid] [data-line]')]
        const list = document.createElement('div')
        list.id = 'all-rows'
        list.style.cssText = 'position:fixed;inset:0;overflow:auto;background:var(--surface)'
        const begun = performance.now()
        for (let at = 0; at < count; at++) {
          const copy = drawn[at % drawn.length]?.cloneNode(true)
          if (!(copy instanceof HTMLElement)) continue
          copy.style.transform = ''
          copy.style.position = 'relative'
          list.append(copy)
        }
        document.body.append(list)
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - begun)))
      }),
    rows,
  )
  return { selector: '#all-rows', millis }
}
