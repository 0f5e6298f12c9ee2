import { expect, inject, test } from 'vitest'
import { useBrowser, useLongshore } from '../e2e/browser'
import { builtScripts, gzipBytes, MOST_FIRST_BYTES, reloadWatched } from '../e2e/firstLoad'
import { rowOf } from '../e2e/table'
import { maker } from '../e2e/things'
import { describeMachine } from './machine'
import { figure, table, writeResults } from './results'

const { docker: engine, busybox } = inject('bed')
const machine = describeMachine(['/usr/bin/chromium'])
const longshore = useLongshore(useBrowser(), () => engine)
const { run } = maker(engine, busybox)

test('the scripts of the first load', async () => {
  const name = await run()
  const page = await longshore.open()
  const asked = new Set<string>()
  await reloadWatched(page, (script) => asked.add(script), { ahead: false })
  await rowOf(page, name)
    .getByText(/^\d+\.\d%$/)
    .waitFor()
  const [first, all] = [[...asked], builtScripts()]
  const bytes = { first: gzipBytes(first), all: gzipBytes(all), limit: MOST_FIRST_BYTES }
  const row = (name: string, files: string, size: number) => [
    name,
    files,
    figure(size / 1_000),
    figure(size / bytes.limit),
  ]
  await writeResults('bundle', {
    machine,
    ...{ bytes, first },
    tables: table(
      ['', 'files', 'kB (gzip)', '/ limit'],
      [
        row('before the first list', `${first.length}`, bytes.first),
        row('all, as a page that is not split loads it', `${all.length}`, bytes.all),
        row('the limit', '', bytes.limit),
      ],
    ),
  })
  expect(bytes.first).toBeLessThan(bytes.limit)
})
