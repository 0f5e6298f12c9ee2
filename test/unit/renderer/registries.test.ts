import { ORPCError } from '@orpc/client'
import { afterEach, describe, expect, it } from 'vitest'
import { useTagFacts } from '../../../renderer/registries/browse/useTagFacts'
import LogInDialog from '../../../renderer/registries/login/LogInDialog.vue'
import RegistriesPage from '../../../renderer/registries/RegistriesPage.vue'
import SettingsDialog from '../../../renderer/registries/settings/SettingsDialog.vue'
import { image } from './fixtures'
import {
  buttonOf,
  collectionOf,
  fieldOf,
  mountPage,
  submitForm,
  typeInto,
  type Page,
} from './mountPage'

let page: Page
afterEach(() => page.unmount())

/** Chooses in a select field, as the person does. */
async function choose(label: string, value: string): Promise<void> {
  const found = [...document.querySelectorAll('label')].find((each) => each.textContent === label)
  const select = document.getElementById(found?.htmlFor ?? '')
  if (!(select instanceof HTMLSelectElement)) throw new Error(`There is no choice "${label}".`)
  select.value = value
  select.dispatchEvent(new Event('change'))
  await page.settle()
}

async function pressButton(label: string): Promise<void> {
  buttonOf(label).click()
  await page.settle()
}

function raise(): never {
  throw new Error('It was not mounted.')
}

const callsOf = (path: string) => page.calls.filter((call) => call.path === path)

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
      input: {
        host: 'ghcr.io',
        kind: 'password',
        username: 'me',
        password: 'wrong:one',
        keepIn: 'longshore',
      },
    })
    expect(page.text()).toContain('ghcr.io refused this password.')
    expect(fieldOf('Password or access token').value).toBe('wrong:one')
  })

  it('takes a host only, not an address', async () => {
    page = await mountPage(LogInDialog, { props: { open: true } })
    await typeInto(page, fieldOf('Registry'), 'https://ghcr.io/v2')
    expect(page.text()).toContain('Give the host only')
  })

  it('keeps it in docker’s helper where there is one, or where the person chooses, and warns of the clear', async () => {
    page = await mountPage(LogInDialog, {
      props: { open: true, host: 'quay.io' },
      answers: {
        'registries.places': () => ({
          helper: { name: 'pass', logsInByItself: false },
          usual: 'helper',
          dockerConfigFile: '/home/ann/.docker/config.json',
        }),
        'registries.logIn': () => undefined,
      },
    })
    await typeInto(page, fieldOf('User name'), 'me')
    await typeInto(page, fieldOf('Password or access token'), 'secret')
    await choose('Keep it in', 'docker-config')
    expect(page.text()).toContain('It will stand in /home/ann/.docker/config.json')
    await choose('Keep it in', 'helper')
    expect(page.text()).not.toContain('It will stand in')
    await submitForm(page)
    expect(callsOf('registries.logIn')[0]?.input).toMatchObject({ keepIn: 'helper' })
  })

  it('warns that the app’s own store is but a file where there is no key store', async () => {
    page = await mountPage(RegistriesPage, {
      answers: {
        'registries.list': () => ({ registries: [], protection: 'file', warnings: [] }),
      },
    })
    await pressButton('Log in to a registry')
    expect(page.text()).toContain('This system offers no key store')
    await choose('Keep it in', 'docker-config')
    expect(page.text()).not.toContain('This system offers no key store')
  })

  it('needs no name for an identity token', async () => {
    page = await mountPage(LogInDialog, {
      props: { open: true, host: 'a.azurecr.io' },
      answers: { 'registries.logIn': () => undefined },
    })
    await choose('Log in with', 'identity-token')
    await typeInto(page, fieldOf('Identity token'), 'tok')
    await submitForm(page)
    expect(callsOf('registries.logIn')[0]?.input).toMatchObject({
      kind: 'identity-token',
      username: '',
      password: 'tok',
    })
  })

  it('knows the user name of ECR and what a token there is made with, and says that a helper does it', async () => {
    page = await mountPage(LogInDialog, {
      props: { open: true },
      answers: {
        'registries.places': () => ({
          helper: { name: 'ecr-login', logsInByItself: true },
          usual: 'longshore',
          dockerConfigFile: 'config.json',
        }),
      },
    })
    await typeInto(page, fieldOf('Registry'), '123456789012.dkr.ecr.eu-west-1.amazonaws.com')
    expect(fieldOf('User name').value).toBe('AWS')
    expect(page.text()).toContain('aws ecr get-login-password')
    expect(page.text()).toContain('docker-credential-ecr-login is set up for this registry')
    await typeInto(page, fieldOf('Registry'), 'ghcr.io')
    expect(fieldOf('User name').value).toBe('')
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

  it('lists what is known by settings and by names of local images, too', async () => {
    page = await mountPage(RegistriesPage, {
      answers: {
        'registries.settings': () => [
          {
            host: 'a.example',
            plainHttp: true,
            ca: null,
            skipVerify: false,
            mirrors: ['m.example'],
          },
        ],
        'images.watch': collectionOf(image({ references: ['b.example/team/app:1'] })),
      },
    })
    const rows = [...document.querySelectorAll('tbody tr')].map((row) => row.textContent)
    expect(rows).toHaveLength(2)
    expect(rows[0]).toContain('a.example')
    expect(rows[0]).toContain('Plain HTTP')
    expect(rows[0]).toContain('Mirrors')
    expect(rows[1]).toContain('b.example')
    expect(rows[1]).toContain('Not logged in')
  })

  it('teaches what a registry is where there is no login', async () => {
    page = await mountPage(RegistriesPage)
    expect(page.text()).toContain('A registry keeps images for others to pull')
  })
})

describe('the settings of a registry', () => {
  it('are kept only once what gives up protection is accepted', async () => {
    let accepted: unknown = null
    page = await mountPage(SettingsDialog, {
      props: { open: true, host: 'a.example' },
      answers: {
        'registries.changeSettings': (input: { confirmed: boolean }) => {
          if (!input.confirmed) {
            throw new ORPCError('confirmation-needed', {
              message: 'This gives up protection.',
              data: { dangers: ['Whoever is in between can read it.'] },
            })
          }
          accepted = input
          return undefined
        },
      },
    })
    fieldOf('Plain HTTP, without TLS').click()
    await page.settle()
    await submitForm(page)
    expect(page.text()).toContain('Whoever is in between can read it.')
    expect(buttonOf('Save').disabled).toBe(true)
    fieldOf('I accept this').click()
    await page.settle()
    await submitForm(page)
    expect(accepted).toEqual({
      host: 'a.example',
      plainHttp: true,
      ca: null,
      skipVerify: false,
      mirrors: [],
      confirmed: true,
    })
  })

  it('ask again when something else is changed after it was accepted', async () => {
    page = await mountPage(SettingsDialog, {
      props: { open: true, host: 'a.example' },
      answers: {
        'registries.changeSettings': () => {
          throw new ORPCError('confirmation-needed', { data: { dangers: ['It is dangerous.'] } })
        },
      },
    })
    fieldOf('Plain HTTP, without TLS').click()
    await page.settle()
    await submitForm(page)
    fieldOf('I accept this').click()
    fieldOf('Take any certificate, unverified').click()
    await page.settle()
    expect(page.text()).not.toContain('It is dangerous.')
    await submitForm(page)
    expect(callsOf('registries.changeSettings').at(-1)?.input).toMatchObject({ confirmed: false })
  })
})

describe('a registry that is looked into', () => {
  const host = 'localhost:5000'
  const content = (changes: object = {}) => ({
    kind: 'image',
    digest: `sha256:${'a'.repeat(64)}`,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    artifactType: null,
    manifestBytes: 400,
    totalBytes: 2_048,
    annotations: [{ name: 'title', value: '<img src=x onerror=alert(1)>' }],
    members: [],
    config: null,
    layers: [],
    ...changes,
  })
  const browsing = {
    'registries.catalog': ({ after }: { after: string | null }) =>
      after === null
        ? { names: ['team/app', 'team/web'], next: 'n=2&last=team/web' }
        : { names: ['team/web', 'zoo'], next: null },
    'registries.tags': () => ({ names: ['1.0', '1', '2.0'], next: null }),
    'registries.describe': () => content(),
    'registries.referrers': () => [],
  }

  it('lists its repositories page by page, each once, and finds among them', async () => {
    page = await mountPage(RegistriesPage, { props: { host }, answers: browsing })
    expect(page.text()).toContain('2 repositories so far')
    await pressButton('Load more')
    expect(callsOf('registries.catalog').at(-1)?.input).toMatchObject({
      after: 'n=2&last=team/web',
    })
    expect(page.text()).toContain('3 repositories')
    expect(page.text()).not.toContain('Load more')
  })

  it('says what to do where it lists none, and opens what is typed', async () => {
    page = await mountPage(RegistriesPage, {
      props: { host },
      answers: {
        ...browsing,
        'registries.catalog': () => {
          throw new ORPCError('unauthorized', {
            message: 'localhost:5000 does not list its repositories.',
            data: { hint: 'Type the name of a repository to see its tags.' },
          })
        },
      },
    })
    expect(page.text()).toContain('Type the name of a repository to see its tags.')
    const field = document.querySelector<HTMLInputElement>('[aria-label="Name of a repository"]')
    if (field === null) throw new Error('There is no field.')
    await typeInto(page, field, 'Bad Name')
    expect(page.text()).toContain('Give the name of a repository here')
    await typeInto(page, field, 'localhost:5000/team/app:1.0')
    await submitForm(page)
    expect(page.router.currentRoute.value.query).toEqual({
      repository: 'team/app',
      reference: '1.0',
    })
  })

  it('asks for sizes and dates only when the person wants them, then of what is listed', async () => {
    page = await mountPage(RegistriesPage, { props: { host }, answers: browsing })
    await page.router.push({
      path: page.router.currentRoute.value.path,
      query: { repository: 'team/app' },
    })
    await page.settle()
    expect(page.text()).toContain('3 tags')
    expect(callsOf('registries.describe')).toEqual([])
    await pressButton('Ask for sizes and dates')
    const asked = callsOf('registries.describe').map(({ input }) => input)
    expect(asked).toHaveLength(3)
    expect(asked[0]).toMatchObject({ host, repository: 'team/app', reference: '1.0' })
    expect(page.text()).not.toContain('Ask for sizes and dates')
  })

  it('keeps the size and date of each tag that was asked for together with others', async () => {
    const sizes: Record<string, number> = { '1.0': 1_024, '1': 2_048, '2.0': 3_072 }
    const known: ReturnType<typeof useTagFacts>[] = []
    const harness = {
      setup() {
        known.push(useTagFacts({ host, repository: 'team/app' }))
        return () => null
      },
    }
    page = await mountPage(harness, {
      answers: {
        'registries.describe': async ({ reference }: { reference: string }) => {
          await Promise.resolve()
          return content({ totalBytes: sizes[reference] })
        },
      },
    })
    const [{ ask, facts } = raise()] = known
    await ask(Object.keys(sizes))
    const found = Object.keys(sizes).map((tag) => facts.value.get(tag)?.bytes)
    expect(found).toEqual(Object.values(sizes))
    await ask(['1.0'])
    expect(callsOf('registries.describe')).toHaveLength(3)
  })

  it('shows what a tag stands for, with the registry’s text as nothing but text', async () => {
    page = await mountPage(RegistriesPage, { props: { host }, answers: browsing })
    await page.router.push({
      path: '/registries/x',
      query: { repository: 'team/app', reference: '1' },
    })
    await page.settle()
    expect(page.text()).toContain(`localhost:5000/team/app@sha256:${'a'.repeat(64)}`)
    expect(page.text()).toContain('2.0 KiB as it travels')
    expect(page.text()).toContain('<img src=x onerror=alert(1)>')
    expect(document.querySelector('img')).toBeNull()
  })
})
