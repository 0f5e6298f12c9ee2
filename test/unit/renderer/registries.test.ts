import { ORPCError } from '@orpc/client'
import { afterEach, describe, expect, it } from 'vitest'
import LogInDialog from '../../../renderer/registries/LogInDialog.vue'
import RegistriesPage from '../../../renderer/registries/RegistriesPage.vue'
import { fieldOf, mountPage, submitForm, typeInto, type Page } from './mountPage'

let page: Page
afterEach(() => page.unmount())

describe('logging in', () => {
  it('shows a refusal where it was asked for, and keeps what was typed', async () => {
    page = await mountPage(LogInDialog, {
      props: { open: true, host: 'GHCR.io' },
      answers: {
        'registries.logIn': () => {
          throw new ORPCError('unauthorized', { message: 'ghcr.io refused this password.' })
        },
      },
    })
    expect(fieldOf('Registry').value).toBe('GHCR.io')
    await typeInto(page, fieldOf('User name'), 'me')
    await typeInto(page, fieldOf('Password or access token'), 'wrong:one')
    await submitForm(page)
    expect(page.calls).toContainEqual({
      path: 'registries.logIn',
      input: { host: 'ghcr.io', username: 'me', password: 'wrong:one' },
    })
    expect(page.text()).toContain('ghcr.io refused this password.')
    expect(fieldOf('Password or access token').value).toBe('wrong:one')
  })

  it('takes a host only, not an address', async () => {
    page = await mountPage(LogInDialog, { props: { open: true } })
    await typeInto(page, fieldOf('Registry'), 'https://ghcr.io/v2')
    expect(page.text()).toContain('Give the host only')
  })
})

describe('the registries page', () => {
  it('says where each password is kept, and what could not be read', async () => {
    page = await mountPage(RegistriesPage, {
      answers: {
        'registries.list': () => ({
          registries: [
            { host: 'quay.io', username: null, source: 'credential-helper', helper: 'pass' },
            { host: 'localhost:5000', username: 'dev', source: 'longshore', helper: null },
          ],
          protection: 'file',
          warnings: ['config.json could not be read.'],
        }),
      },
    })
    for (const part of [
      'docker-credential-pass',
      'Token without a name',
      'A file only you can read',
      'config.json could not be read.',
    ]) {
      expect(page.text()).toContain(part)
    }
  })

  it('teaches what a registry is where there is no login', async () => {
    page = await mountPage(RegistriesPage)
    expect(page.text()).toContain('A registry keeps images for others to pull')
  })
})
