import { describe, inject, test } from 'vitest'
import { eventually, useBrowser, useLongshore } from './browser'
import { rowOf } from './table'
import { maker } from './things'

const bed = inject('bed')
const browser = useBrowser()
/** Something that goes on for as long as it is looked at: a ring and a bar without an end. */
const SPIN = 'class="motion-probe animate-spin"'

describe('for a person who wants no motion', () => {
  const longshore = useLongshore(browser, () => bed.docker, { reducedMotion: 'reduce' })
  const { run } = maker(bed.docker, bed.busybox)

  test('nothing moves on any page, and not what spins elsewhere', async () => {
    const name = await run()
    const page = await longshore.open()
    const running = () =>
      page.evaluate(
        () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
      )
    await rowOf(page, name).waitFor()
    await eventually(running).toBe(0)
    // A spinner is seldom there for long: one is put in, so that this can fail.
    await page.evaluate((attribute) => {
      document.querySelector('main')?.insertAdjacentHTML('beforeend', `<i ${attribute}>.</i>`)
    }, SPIN)
    await eventually(running).toBe(0)
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    await eventually(running).toBeGreaterThan(0)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await eventually(running).toBe(0)
    for (const path of ['dashboard', 'images', 'volumes', 'networks', 'jobs', 'engines', 'all']) {
      await page.goto(page.url().replace(/#.*/, `#/${path}`))
      await page.getByRole('main').waitFor()
      await eventually(running).toBe(0)
    }
  })
})
