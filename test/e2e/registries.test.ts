import { describe, expect, inject, test } from 'vitest'
import { useBrowser, useLongshore } from './browser'
import { act, rowOf } from './table'
import { maker, newName } from './things'

const bed = inject('bed')
const { host, user, password } = bed.registries.authenticated
const browser = useBrowser()

describe.each(bed.engines)('a registry with a password, on $kind', (engine) => {
  const longshore = useLongshore(browser, () => engine)
  const { image } = maker(engine, bed.busybox)

  test('refuses a wrong password in words, takes the right one, takes a push, and forgets', async () => {
    const reference = await image(`${host}/${newName()}:1`)
    const page = await longshore.open('/registries')
    const dialog = page.getByRole('dialog')
    const known = page.getByRole('row').filter({ hasText: host })

    await page.getByRole('button', { name: 'Log in to a registry' }).first().click()
    await dialog.getByLabel('Registry').fill('https://not a host')
    await dialog.getByText('Give the host only').waitFor()
    await dialog.getByLabel('Registry').fill(host)
    await dialog.getByLabel('User name').fill(user)
    await dialog.getByLabel('Password or access token').fill('wrong')
    await dialog.getByRole('button', { name: 'Log in', exact: true }).click()
    await dialog.getByRole('alert').waitFor()
    expect(await dialog.getByRole('alert').textContent()).toMatch(/password/i)
    expect(await known.count()).toBe(0)

    await dialog.getByLabel('Password or access token').fill(password)
    await dialog.getByRole('button', { name: 'Log in', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await known.getByText('Logged in').waitFor()
    await known.getByText(user, { exact: true }).waitFor()
    expect(await page.content()).not.toContain(password)

    await page.getByRole('link', { name: 'Images' }).click()
    await act(page, rowOf(page, host), 'Push…')
    await dialog.getByText(`Logged in to ${host} as ${user}.`).waitFor()
    await dialog.getByRole('button', { name: 'Push', exact: true }).click()
    await dialog.getByText(`Pushed ${reference}`).waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()

    await page.getByRole('link', { name: 'Registries' }).click()
    await known.getByRole('button', { name: 'Log out' }).click()
    await dialog.getByRole('button', { name: 'Log out' }).click()
    await known.waitFor({ state: 'detached' })

    await page.getByRole('link', { name: 'Images' }).click()
    await act(page, rowOf(page, host), 'Push…')
    await dialog.getByText(`Not logged in to ${host}`).waitFor()
    await dialog.getByRole('button', { name: 'Push', exact: true }).click()
    await dialog.getByRole('alert').waitFor()
    expect(await dialog.getByRole('alert').textContent()).toMatch(/log in/i)
  })
})
