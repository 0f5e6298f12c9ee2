import { afterEach, expect, it } from 'vitest'
import DownloadDialog from '../../../renderer/files/DownloadDialog.vue'
import { mountPage, type Page } from './mountPage'

let page: Page
afterEach(() => page.unmount())

const target = { engineId: 'e1', volume: 'data' }
const file = {
  ...{ name: 'notes.txt', inexact: false, kind: 'file' as const, mode: 0o644, sizeBytes: 1 },
  ...{ uid: 0, gid: 0, user: null, group: null, modifiedAt: 0, linkTarget: '' },
}

it.each([
  {
    row: { path: '/notes.txt', name: 'notes.txt', entry: file },
    at: '/home/me/notes.txt',
    packs: false,
  },
  { row: { path: '/', name: '', entry: null }, at: '/home/me/files.tar', packs: true },
])('a download says that .tar.gz is compressed only of a tar: $at', async ({ row, at, packs }) => {
  const dialog = { kind: 'download' as const, target, row, done: () => undefined }
  page = await mountPage(DownloadDialog, { props: { open: true, dialog } })
  expect(page.text()).toContain(`On the machine that Longshore runs on, as ${at}.`)
  expect(page.text().includes('.tar.gz')).toBe(packs)
})
