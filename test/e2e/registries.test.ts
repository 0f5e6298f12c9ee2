import { describe, expect, inject, test } from 'vitest'
import { useBrowser, useLongshore } from './browser'
import { act, rowOf } from './table'
import { maker, newName } from './things'
import { putImage, putIndex } from '../registryContent'

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
    expect(await known.getByText('Logged in', { exact: true }).count()).toBe(0)

    await dialog.getByLabel('Password or access token').fill(password)
    await dialog.getByRole('button', { name: 'Log in', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await known.getByText('Logged in', { exact: true }).waitFor()
    await known.getByText(user, { exact: true }).waitFor()
    expect(await page.content()).not.toContain(password)

    await page.getByRole('link', { name: 'Images' }).click()
    await act(page, rowOf(page, host), 'Push…')
    await dialog.getByText(`Logged in to ${host} as ${user}.`).waitFor()
    await dialog.getByRole('button', { name: 'Push', exact: true }).click()
    await dialog.getByText(`Pushed ${reference}`).waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()

    await page.getByRole('link', { name: 'Registries' }).click()
    await known.getByRole('button', { name: /^More/ }).click()
    await page.getByRole('menuitem', { name: 'Log out' }).click()
    await dialog.getByRole('button', { name: 'Log out' }).click()
    // The image's name still leads there.
    await known.getByText('Not logged in').waitFor()

    await page.getByRole('link', { name: 'Images' }).click()
    await act(page, rowOf(page, host), 'Push…')
    await dialog.getByText(`Not logged in to ${host}`).waitFor()
    await dialog.getByRole('button', { name: 'Push', exact: true }).click()
    await dialog.getByRole('alert').waitFor()
    expect(await dialog.getByRole('alert').textContent()).toMatch(/log in/i)
  })
})

describe('looking into a registry', () => {
  const open = bed.registries.open.host
  const longshore = useLongshore(browser, () => bed.docker)

  test('goes from its repositories over tags to what a tag stands for, and deletes with all that goes', async () => {
    const repository = `browse/${newName()}`
    await putIndex(open, repository, 'multi', ['linux/amd64', 'linux/arm64/v8'])
    const { digest } = await putImage(open, repository, { tag: '1.0' })
    const manifest = await fetch(`http://${open}/v2/${repository}/manifests/1.0`, {
      headers: { accept: 'application/vnd.oci.image.manifest.v1+json' },
    })
    const again = await fetch(`http://${open}/v2/${repository}/manifests/latest`, {
      method: 'PUT',
      headers: { 'content-type': 'application/vnd.oci.image.manifest.v1+json' },
      body: await manifest.text(),
    })
    expect(again.status).toBe(201)

    const page = await longshore.open('/registries')
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: 'Look into a registry…' }).first().click()
    await dialog.getByLabel('Registry').fill(open)
    await dialog.getByLabel('Registry').press('Enter')
    await page.getByRole('heading', { name: open }).waitFor()

    await page.getByLabel('Name of a repository').fill(repository)
    await page.getByLabel('Name of a repository').press('Enter')
    await page.getByText('3 tags').waitFor()
    await page.getByRole('checkbox', { name: 'Select all' }).click()
    await page.getByRole('button', { name: 'Size and date of 3 tags' }).click()
    await rowOf(page, '1.0').getByText(digest.slice(7, 19)).waitFor()
    await page.getByRole('grid').press('Escape')

    await rowOf(page, 'multi').click()
    const details = page.getByRole('complementary', { name: 'multi' })
    await details.getByText('An index: one image for each platform').waitFor()
    await details.getByRole('button', { name: 'linux/arm64/v8' }).click()
    await page.getByText('COPY content /content').waitFor()
    await page.getByRole('button', { name: 'Close the panel' }).click()

    await rowOf(page, 'latest').click()
    await page.getByText(`${open}/${repository}@${digest}`).waitFor()
    await page.getByRole('button', { name: 'Pull…' }).click()
    expect(await dialog.getByLabel('Image').inputValue()).toBe(`${open}/${repository}:latest`)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })

    await act(page, rowOf(page, 'latest'), 'Delete…')
    await dialog.getByText(`${open}/${repository}:1.0`).waitFor()
    await dialog.getByRole('button', { name: 'Delete 2 tags' }).click()
    await page.getByText('1 tag', { exact: true }).waitFor()
    expect(await rowOf(page, '1.0').count()).toBe(0)
    const left = await fetch(`http://${open}/v2/${repository}/tags/list`)
    expect(await left.json()).toMatchObject({ tags: ['multi'] })
  })

  test('gives up no protection before it is accepted, and tells what the engine needs', async () => {
    const page = await longshore.open('/registries/registry.example.test')
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: 'Settings…' }).click()
    await dialog.getByLabel('Plain HTTP, without TLS').click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Everything goes to registry.example.test unprotected').waitFor()
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await dialog.getByLabel('I accept this').click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Plain HTTP', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'What the engine needs' }).click()
    await dialog.getByText('/etc/docker/daemon.json').waitFor()
  })
})
