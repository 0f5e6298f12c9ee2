import type { Page } from 'playwright-core'

/** From a click on the tab of the logs until its first rows are painted, milliseconds. */
export function openLogs(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const tab = [...document.querySelectorAll<HTMLElement>('[role=tab]')].find(
          ({ textContent }) => textContent.trim() === 'Logs',
        )
        if (!tab) {
          reject(new Error('There is no tab of the logs.'))
          return
        }
        const begun = performance.now()
        const look = () => {
          if (!document.querySelector('[role=log] [data-place]')) requestAnimationFrame(look)
          else requestAnimationFrame(() => resolve(performance.now() - begun))
        }
        tab.click()
        requestAnimationFrame(look)
      }),
  )
}

/** From a key until the first row in the document begins with `text` and is painted, milliseconds. */
export function pressUntil(page: Page, key: string, text: string): Promise<number> {
  return page.evaluate(
    ([pressed, wanted]) =>
      new Promise<number>((resolve) => {
        const begun = performance.now()
        const log = document.querySelector('[role=log]')
        const look = () => {
          const first = log?.querySelector('[data-place]')?.textContent.trim()
          if (first?.startsWith(wanted)) resolve(performance.now() - begun)
          else requestAnimationFrame(look)
        }
        log?.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }))
        requestAnimationFrame(look)
      }),
    [key, text] as const,
  )
}

/** How long each frame took for so many seconds, milliseconds. */
export function watchFrames(page: Page, seconds: number): Promise<number[]> {
  return page.evaluate(
    (long) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = []
        let before = performance.now()
        const end = before + long * 1_000
        const frame = (now: number) => {
          times.push(now - before)
          before = now
          if (now >= end) resolve(times.slice(1))
          else requestAnimationFrame(frame)
        }
        requestAnimationFrame(frame)
      }),
    seconds,
  )
}

/** From a key until what it does is painted, so many times, milliseconds. */
export function pressOften(page: Page, keys: readonly string[]): Promise<number[]> {
  return page.evaluate(async (all) => {
    const log = document.querySelector('[role=log]')
    const painted = () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => resolve())),
      )
    const times: number[] = []
    for (const key of all) {
      const begun = performance.now()
      log?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
      await painted()
      times.push(performance.now() - begun)
    }
    return times
  }, keys)
}

/** The lines that the page says the log has. */
export async function countLines(page: Page): Promise<number> {
  const told = await page.locator('main footer').innerText()
  return Number(/([\d,]+) lines?$/.exec(told)?.[1]?.replaceAll(',', ''))
}
