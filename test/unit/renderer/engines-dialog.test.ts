import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { ORPCError } from '@orpc/client'
import type { Problem } from '../../../preload/contract/errors'
import type { Engine, EnginesMessage, Offer } from '../../../preload/contract/engines'
import type { ShownHostKey } from '../../../preload/contract/hostKeys'
import EngineDialogHost from '../../../renderer/engines/EngineDialogHost.vue'
import EnginesPage from '../../../renderer/engines/EnginesPage.vue'
import ConfirmHost from '../../../renderer/ui/ConfirmHost.vue'
import ToastHost from '../../../renderer/ui/ToastHost.vue'
import { engine } from './fixtures'
import {
  buttonOf,
  fieldOf,
  mountPage,
  submitForm,
  TestStream,
  typeInto,
  type Answers,
  type Page,
} from './mountPage'

let page: Page
afterEach(() => page.unmount())

const answered = {
  kind: 'docker',
  version: '20.10.24',
  apiVersion: '1.41',
  platform: 'linux/amd64',
  millis: 12,
}
const about = { version: '1', mode: 'browser', platform: 'linux', notices: [] }
const key: ShownHostKey = {
  host: 'server.example.com',
  port: 2222,
  algorithm: 'ssh-ed25519',
  fingerprint: `SHA256:${'a'.repeat(43)}`,
  trusted: null,
}
const changedKey = { ...key, trusted: `SHA256:${'b'.repeat(43)}` }

const refused = ({ code, message, ...data }: Problem) => new ORPCError(code, { message, data })
const untrusted = (hostKey: ShownHostKey): Problem => ({
  code: 'untrusted-host',
  message: 'Nobody has said yet that this is the host.',
  hostKey,
})
const added = (changes: Partial<Engine> = {}) =>
  engine({
    id: 'e2',
    name: 'server',
    settings: { name: 'server', address: 'ssh://me@server:2222', tls: null, ssh: null },
    ...changes,
  })

let stream: TestStream<EnginesMessage>
const send = (engines: Engine[], offers: Offer[] = []) =>
  stream.send({ searching: false, engines, attempts: [], offers })

/** The page of engines with dialogs and messages, as the app has them. */
async function show(engines: Engine[], answers: Answers = {}, offers: Offer[] = []) {
  stream = new TestStream()
  send(engines, offers)
  const whole = defineComponent(
    () => () =>
      [EnginesPage, EngineDialogHost, ConfirmHost, ToastHost].map((each) => h(each as never)),
  )
  page = await mountPage(whole, {
    answers: {
      'engines.watch': (_input, signal) => stream.open(signal),
      'application.about': () => about,
      'engines.test': () => answered,
      'engines.add': () => ({ engineId: 'e2' }),
      'engines.reconnect': () => undefined,
      'engines.trustHost': () => undefined,
      ...answers,
    },
  })
  await page.settle()
}

async function press(label: string) {
  buttonOf(label).click()
  await page.settle()
}
const labelled = (label: string) => {
  const found = document.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`)
  if (!found) throw new Error(`There is no button "${label}".`)
  return found
}
async function choose(way: string) {
  const input = [...document.querySelectorAll<HTMLInputElement>('input[type=radio]')].find(
    (each) => each.value === way,
  )
  input?.click()
  await page.settle()
}
const inputsTo = (path: string) =>
  page.calls.filter((call) => call.path === path).map(({ input }) => input)

describe('adding an engine', () => {
  it('tells what answers at an address, and adds it', async () => {
    await show([engine()])
    await press('Add an engine…')
    expect(buttonOf('Add').disabled && buttonOf('Test').disabled).toBe(true)
    await typeInto(page, fieldOf('Socket'), '/run/other.sock')
    await press('Test')
    expect(page.text()).toContain('Docker 20.10.24 · API 1.41 · linux/amd64 · 12 ms')
    const address = { address: 'unix:///run/other.sock', tls: null, ssh: null }
    expect(inputsTo('engines.test')).toEqual([address])

    await typeInto(page, fieldOf('Socket'), '/run/another.sock')
    expect(page.text()).not.toContain('It answers:')
    await submitForm(page)
    expect(inputsTo('engines.add')).toEqual([
      { ...address, name: '', address: 'unix:///run/another.sock' },
    ])
    expect(page.text()).toContain('The engine was added.')
  })

  it('keeps what was typed when that fails, and says why', async () => {
    await show([engine()], {
      'engines.test': () => {
        throw refused({ code: 'engine-unreachable', message: 'Nobody listens there.' })
      },
      'engines.add': () => {
        throw refused({ code: 'conflict', message: 'This engine is known here already.' })
      },
    })
    await press('Add an engine…')
    await typeInto(page, fieldOf('Socket'), '/run/other.sock')
    await press('Test')
    expect(page.text()).toContain('Nobody listens there.')
    await submitForm(page)
    expect(page.text()).toContain('This engine is known here already.')
    expect(fieldOf('Socket').value).toBe('/run/other.sock')
  })

  it('takes a pasted address apart, and says at once what is wrong', async () => {
    await show([engine()])
    await press('Add an engine…')
    fieldOf('Socket').value = 'ssh://me@server:2222/run/p.sock'
    fieldOf('Socket').dispatchEvent(new Event('input'))
    fieldOf('Socket').dispatchEvent(new Event('change'))
    await page.settle()
    expect(
      ['User', 'Host', 'Port', 'Socket on that host'].map((each) => fieldOf(each).value),
    ).toEqual(['me', 'server', '2222', '/run/p.sock'])
    await typeInto(page, fieldOf('Port'), 'many')
    expect(page.text()).toContain('A number from 1 to 65535.')
    expect(buttonOf('Add').disabled).toBe(true)
  })

  it('warns of what is not encrypted or not verified', async () => {
    await show([engine()])
    await press('Add an engine…')
    await choose('tcp')
    const select = document.querySelector<HTMLSelectElement>('form select')
    const pick = async (value: string) => {
      if (select) select.value = value
      select?.dispatchEvent(new Event('change'))
      await page.settle()
    }
    expect(page.text()).not.toContain('commands the host')
    await pick('none')
    expect(page.text()).toContain('whoever can reach the port commands the host')
    await pick('unverified')
    expect(page.text()).toContain('Whoever answers at this address is believed')
    await typeInto(page, fieldOf('Host'), 'server')
    await submitForm(page)
    expect(inputsTo('engines.add')).toMatchObject([
      { address: 'tcp://server:2376', tls: { verify: false } },
    ])
  })
})

describe('the key of a host', () => {
  it('is shown and compared, and trusted by a click; then the test goes on', async () => {
    let trusted = false
    await show([engine()], {
      'engines.test': () => {
        if (!trusted) throw refused(untrusted(key))
        return answered
      },
      'engines.trustHost': () => {
        trusted = true
      },
    })
    await press('Add an engine…')
    await choose('ssh')
    await typeInto(page, fieldOf('Host'), 'server.example.com')
    await press('Test')
    for (const part of [
      '[server.example.com]:2222',
      'ssh-ed25519',
      key.fingerprint,
      'ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub',
    ]) {
      expect(page.text()).toContain(part)
    }
    // The question stands above the form, not below it.
    const dialogs = [...document.querySelectorAll('[role=dialog]')]
    expect(dialogs.map((each) => each.textContent.includes('Trust this key'))).toEqual([
      ...[false, true],
    ])
    await press('Trust this key')
    const { host, port, algorithm, fingerprint } = key
    expect(inputsTo('engines.trustHost')).toEqual([{ host, port, algorithm, fingerprint }])
    expect(page.text()).toContain('It answers:')
  })

  it('that has changed is refused: there is no way to accept it', async () => {
    const hint = 'Only if it was meant: ssh-keygen -R.'
    await show([added({ state: 'unauthorized', problem: { ...untrusted(changedKey), hint } })])
    await press('Look at its key…')
    for (const part of [
      'has changed',
      changedKey.fingerprint,
      changedKey.trusted,
      'Longshore does not connect.',
      hint,
    ]) {
      expect(page.text()).toContain(part)
    }
    expect(page.text()).not.toContain('Trust this key')
    await press('Close')
    expect(page.calls).toEqual([])
  })

  it('is asked about from the card of an engine that waits for it', async () => {
    await show([added({ state: 'unauthorized', problem: untrusted(key) })])
    await press('Look at its key…')
    await press('Trust this key')
    expect(page.calls.map(({ path }) => path)).toEqual(['engines.trustHost', 'engines.reconnect'])
  })

  it('is asked about by itself for the engine that was just added, and for no other', async () => {
    await show([engine()])
    await press('Add an engine…')
    await choose('ssh')
    await typeInto(page, fieldOf('Host'), 'server.example.com')
    await submitForm(page)
    const waiting = { state: 'unauthorized', problem: untrusted(key) } as const
    send([engine(), added({ id: 'e3', ...waiting })])
    await page.settle()
    expect(page.text()).not.toContain('Trust this key')
    send([engine(), added({ state: 'connecting' }), added({ id: 'e3', ...waiting })])
    send([engine(), added(waiting)])
    await page.settle()
    await press('Cancel')
    send([engine(), added({ ...waiting, stateSince: 1 })])
    await page.settle()
    expect(document.querySelector('[role=dialog]')).toBeNull()
    expect(inputsTo('engines.trustHost')).toEqual([])
  })
})

describe('an engine that was added', () => {
  it('is changed with what was given before', async () => {
    await show([added()], { 'engines.change': () => ({ engineId: 'e9' }) })
    labelled('Change server…').click()
    await page.settle()
    expect(fieldOf('User').value).toBe('me')
    await typeInto(page, fieldOf('Name (optional)'), 'big server')
    await submitForm(page)
    expect(inputsTo('engines.change')).toMatchObject([
      { engineId: 'e2', settings: { name: 'big server', address: 'ssh://me@server:2222' } },
    ])
    // It was shown, and is under its new id.
    await expect.poll(() => inputsTo('settings.change')).toEqual([{ engineId: 'e9' }])
  })

  it('is removed after it was said what goes and what stays', async () => {
    await show([added()], { 'engines.remove': () => undefined })
    labelled('Remove server…').click()
    await page.settle()
    for (const part of ['ssh://me@server:2222', 'Longshore forgets its address', 'go on running']) {
      expect(page.text()).toContain(part)
    }
    expect(page.calls).toEqual([])
    await press('Remove')
    expect(inputsTo('engines.remove')).toEqual([{ engineId: 'e2' }])
  })

  it('that was found cannot be changed, and comes back with a search', async () => {
    await show([engine()])
    expect(document.querySelector('[aria-label="Change harbour…"]')).toBeNull()
    labelled('Remove harbour…').click()
    await page.settle()
    expect(page.text()).toContain('the next search brings it back')
  })
})

describe('the card of an engine on another host', () => {
  const tcp = (verify: boolean) => ({ caFile: null, certFile: null, keyFile: null, verify })
  const remote = (changes: Partial<Engine>) => engine({ endpoint: 'tcp://h:2376', ...changes })
  it.each([
    ['nothing is encrypted', remote({ encrypted: false })],
    [
      'certificate is not verified',
      remote({ settings: { name: '', address: 'tcp://h:2376', tls: tcp(false), ssh: null } }),
    ],
    ['that an authority vouches for', remote({})],
    ['key that is trusted', remote({ endpoint: 'ssh://h' })],
  ])('says how it is protected: %s', async (words, card) => {
    await show([card])
    expect(page.text()).toContain(words)
  })
})

describe('engines that docker and podman know', () => {
  const offer: Offer = {
    name: 'far',
    address: 'ssh://me@far',
    tls: null,
    ssh: null,
    foundBy: 'docker context "far"',
  }

  it('are added by one click, and are not contacted before', async () => {
    await show([engine()], {}, [offer])
    expect(page.text()).toContain('does not contact them by itself')
    expect(page.text()).toContain('docker context "far"')
    expect(page.calls).toEqual([])
    await press('Connect')
    const { name, address, tls, ssh } = offer
    const settings = { name, address, tls, ssh }
    expect(inputsTo('engines.add')).toEqual([settings])
    send([engine(), added({ settings })], [offer])
    await page.settle()
    expect(page.text()).not.toContain('docker context "far"')
  })
})
