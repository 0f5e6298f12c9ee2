import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ORPCError } from '@orpc/client'
import { afterEach, expect, test } from 'vitest'
import { speakLanguage } from '../../main/words/speakLanguage'
import { openClient, type Client } from '../client'

// The language is that of the process, which all tests of a file share.
afterEach(() => speakLanguage('en'))

test('what fails is told in the language that the page tells, and in English before', async () => {
  const { api } = await openClient({ engine: null })
  expect(await refusal(api)).toBe('This rule is not there any more.')
  await api.application.speak({ language: 'de' })
  expect(await refusal(api)).toBe('Diese Regel gibt es nicht mehr.')
  await api.application.speak({ language: 'en' })
  expect(await refusal(api)).toBe('This rule is not there any more.')
})

test('what is wrong with an input is told in that language, too', async () => {
  const { api } = await openClient({ engine: null })
  await api.application.speak({ language: 'de' })
  await expect(api.alerts.remove({ id: 'none' })).rejects.toMatchObject({
    message: 'Die Eingabe passt nicht.',
    data: { hint: 'id: Ungültig: UUID' },
  })
})

test('the language of the settings is spoken before a page tells any', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'longshore-language-'))
  await writeFile(join(dataFolder, 'settings.json'), JSON.stringify({ language: 'de' }))
  const { api } = await openClient({ engine: null, dataFolder })
  await expect.poll(() => refusal(api)).toBe('Diese Regel gibt es nicht mehr.')
})

/** What the removal of a rule that is not there fails with. */
async function refusal(api: Client['api']): Promise<string> {
  try {
    await api.alerts.remove({ id: '019acb5e-0000-7000-8000-000000000000' })
  } catch (error) {
    if (error instanceof ORPCError) return error.message
    throw error
  }
  throw new Error('It was removed.')
}
