import { ORPCError } from '@orpc/client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ArchiveFacts } from '../../../preload/contract/archives'
import type { Bridge } from '../../../preload/contract/bridge'
import ExportDialog from '../../../renderer/archives/ExportDialog.vue'
import OpenDialog from '../../../renderer/archives/OpenDialog.vue'
import SaveDialog from '../../../renderer/archives/SaveDialog.vue'
import { importChanges } from '../../../renderer/archives/changes'
import { archiveName } from '../../../renderer/archives/fileNames'
import { container, image, imageIdOf, job } from './fixtures'
import {
  buttonOf,
  collectionOf,
  fieldOf,
  mountPage,
  submitForm,
  TestStream,
  typeInto,
  type Answers,
  type Page,
} from './mountPage'

let page: Page
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
})

const type = (label: string, value: string) => typeInto(page, fieldOf(label), value)
const callsTo = (path: string) => page.calls.filter((call) => call.path === path)
const ship = image({ references: ['ship:1', 'ghcr.io/me/ship:2'] })
const nameless = image({ id: imageIdOf('b'), references: [], dangling: true })

/** The bridge of an Electron window whose dialogs answer so. */
function inElectron(answers: Partial<Bridge>): void {
  vi.stubGlobal('longshore', answers)
}

describe('saving', () => {
  const open = async (answers: Answers = {}, images = [ship, nameless]) => {
    page = await mountPage(SaveDialog, { props: { open: true, images }, answers })
  }

  it('saves every name, and an image without one by its id, to an absolute path', async () => {
    await open({ 'archives.save': () => ({ jobId: 'j1' }) })
    expect(page.text()).toContain('About 200.0 MiB')
    expect(buttonOf('Save').disabled).toBe(true)
    await type('File', 'images/ship.tar')
    expect(page.text()).toContain('Write the whole path')
    await type('File', '/tmp/')
    expect(buttonOf('Save').disabled).toBe(true)
    await type('File', ' /tmp/ship.tar ')
    await submitForm(page)
    expect(callsTo('archives.save')[0]?.input).toEqual({
      engineId: 'e1',
      images: ['ship:1', 'ghcr.io/me/ship:2', imageIdOf('b')],
      file: '/tmp/ship.tar',
      overwrite: false,
    })
  })

  it('leaves out the names that were unticked, and saves nothing without a name', async () => {
    await open({ 'archives.save': () => ({ jobId: 'j1' }) }, [ship])
    await type('File', '/tmp/ship.tar')
    const boxes = [...document.querySelectorAll<HTMLInputElement>('input[type=checkbox]')]
    boxes[1]?.click()
    await page.settle()
    await submitForm(page)
    expect(callsTo('archives.save')[0]?.input).toMatchObject({ images: ['ship:1'] })
    page.unmount()
    await open({}, [ship])
    await type('File', '/tmp/ship.tar')
    for (const box of document.querySelectorAll<HTMLInputElement>('input[type=checkbox]')) {
      box.click()
      await page.settle()
    }
    expect(buttonOf('Save').disabled).toBe(true)
  })

  it('asks before it replaces a file, and anew for another file', async () => {
    await open({
      'archives.save': ({ overwrite }: { overwrite: boolean }) => {
        if (overwrite) return { jobId: 'j1' }
        throw new ORPCError('confirmation-needed', { message: '"/tmp/a.tar" is there already.' })
      },
    })
    await type('File', '/tmp/a.tar')
    await submitForm(page)
    expect(page.text()).toContain('is there already')
    fieldOf('Replace the file that is there').click()
    await page.settle()
    await type('File', '/tmp/b.tar')
    expect(fieldOf('Replace the file that is there').checked).toBe(false)
    fieldOf('Replace the file that is there').click()
    await page.settle()
    await submitForm(page)
    expect(callsTo('archives.save').map(({ input }) => input)).toMatchObject([
      { file: '/tmp/a.tar', overwrite: false },
      { file: '/tmp/b.tar', overwrite: true },
    ])
  })

  it('takes a file that the system’s dialog gave as one that may be replaced', async () => {
    inElectron({ chooseSaveFile: () => Promise.resolve('/home/me/ship.tar') })
    await open({ 'archives.save': () => ({ jobId: 'j1' }) })
    buttonOf('Browse…').click()
    await page.settle()
    expect(fieldOf('File').value).toBe('/home/me/ship.tar')
    await submitForm(page)
    expect(callsTo('archives.save')[0]?.input).toMatchObject({ overwrite: true })
  })

  it('ends with the file and its size', async () => {
    await open({
      'archives.save': () => ({ jobId: 'j1' }),
      'jobs.watch': collectionOf(
        job({
          request: {
            ...{ kind: 'save', engineId: 'e1', images: ['ship:1'] },
            ...{ file: '/tmp/ship.tar', overwrite: false },
          },
          subject: 'ship.tar',
          state: 'succeeded',
          result: { kind: 'save', file: '/tmp/ship.tar', bytes: 3 * 1024 ** 2 },
        }),
      ),
    })
    await type('File', '/tmp/ship.tar')
    await submitForm(page)
    for (const part of ['Saved ship.tar', '/tmp/ship.tar', '3.0 MiB']) {
      expect(page.text()).toContain(part)
    }
  })

  it('proposes a name that every system takes', () => {
    expect(archiveName([ship])).toBe('ship-1.tar')
    expect(archiveName([image({ references: ['ghcr.io/me/app:1.0'] })])).toBe('app-1.0.tar')
    expect(archiveName([nameless])).toBe(`${'b'.repeat(12)}.tar`)
    expect(archiveName([ship, nameless])).toBe('images.tar')
  })
})

describe('exporting', () => {
  it('writes the files of one container', async () => {
    page = await mountPage(ExportDialog, {
      props: { open: true, container: container('web') },
      answers: { 'archives.export': () => ({ jobId: 'j1' }) },
    })
    await type('File', '/tmp/web.tar.gz')
    await submitForm(page)
    expect(callsTo('archives.export')[0]?.input).toEqual({
      engineId: 'e1',
      containerId: 'web',
      file: '/tmp/web.tar.gz',
      overwrite: false,
    })
  })
})

const facts: ArchiveFacts = {
  kind: 'docker-archive',
  compression: 'none',
  fileBytes: 1024 ** 2,
  contentBytes: 2 * 1024 ** 2,
  entries: 9,
  images: [{ references: ['ship:1'], id: imageIdOf('c'), sizeBytes: 1024 ** 2, layers: 3 }],
  devices: 0,
}

describe('opening a file', () => {
  const open = async (archive: ArchiveFacts, answers: Answers = {}) => {
    const stream = new TestStream<unknown>()
    stream.send({ kind: 'reading', bytes: 512, totalBytes: 1024 })
    page = await mountPage(OpenDialog, {
      props: { open: true },
      answers: { 'archives.inspect': (_input, signal) => stream.open(signal), ...answers },
    })
    await type('File', '/tmp/ship.tar')
    await submitForm(page)
    expect(page.text()).toContain('512 B of 1.0 KiB')
    stream.send({ kind: 'read', archive })
    await page.settle()
  }

  it('shows the images in it before they are loaded', async () => {
    await open(facts, { 'archives.load': () => ({ jobId: 'j1' }) })
    for (const part of ['docker save', '1.0 MiB on disk', 'ship:1', '3 layers', 'c'.repeat(12)]) {
      expect(page.text()).toContain(part)
    }
    buttonOf('Load')
    await submitForm(page)
    expect(callsTo('archives.load')[0]?.input).toEqual({ engineId: 'e1', file: '/tmp/ship.tar' })
  })

  it('asks for a name and settings of what a root file system becomes', async () => {
    await open(
      { ...facts, kind: 'file-system', images: [], devices: 2 },
      { 'archives.import': () => ({ jobId: 'j1' }) },
    )
    expect(page.text()).toContain('2 device nodes')
    expect(buttonOf('Import').disabled).toBe(true)
    await type('Name of the new image', 'ship')
    await type('Command', 'sh -c "echo hi"')
    await submitForm(page)
    expect(callsTo('archives.import')[0]?.input).toEqual({
      engineId: 'e1',
      file: '/tmp/ship.tar',
      reference: 'docker.io/library/ship:latest',
      changes: ['CMD ["sh","-c","echo hi"]'],
    })
  })

  it('forgets what a file holds when another is written', async () => {
    await open(facts)
    await type('File', '/tmp/other.tar')
    expect(page.text()).not.toContain('ship:1')
    buttonOf('Look into it')
  })

  it('says why a file is none of both', async () => {
    page = await mountPage(OpenDialog, {
      props: { open: true },
      answers: {
        'archives.inspect': () => {
          throw new ORPCError('invalid-input', { message: 'The archive is empty or cut off.' })
        },
      },
    })
    await type('File', '/tmp/ship.tar')
    await submitForm(page)
    expect(page.text()).toContain('The archive is empty or cut off.')
    buttonOf('Look into it')
  })
})

describe('the settings of an import', () => {
  it('are instructions, one a line, and a command as a shell quotes it', async () => {
    page = await mountPage({ template: '<i />' })
    expect(importChanges('', '')).toEqual({ changes: [], badLines: [], badCommand: false })
    expect(importChanges(`sh -c 'a b'`, 'ENV A=1\n# why\n\n  user app ')).toEqual({
      changes: ['CMD ["sh","-c","a b"]', 'ENV A=1', 'user app'],
      badLines: [],
      badCommand: false,
    })
    expect(importChanges('"', 'RUN x\nENV')).toEqual({
      changes: [],
      badLines: ['RUN x', 'ENV'],
      badCommand: true,
    })
  })
})
