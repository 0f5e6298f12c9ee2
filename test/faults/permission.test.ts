import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { anotherNameOf } from '../anotherSocketName'
import { engineOf } from '../client'
import { maker } from '../e2e/things'
import { startOwnApp } from '../ownApp'
import { watchLists } from './liveLists'
import { expectRightAgain } from './rightAgain'
import { connectedAt } from './scene'
import { WAIT } from './watching'

const bed = inject('bed')
const NOBODY = 65534
const [FOR_ROOT, FOR_ALL] = [0o600, 0o666]

describe.each(bed.engines)('a person who may not use the socket of $kind', (engine) => {
  test('is told so as soon as the right is taken, and connected as soon as it is given', async () => {
    const socket = anotherNameOf(engine)
    chmodSync(socket, FOR_ALL)
    const api = await openAsNobody(socket)
    const { id: engineId } = await engineOf(api)
    const lists = watchLists(api, engineId)
    const { create, idOf } = maker(engine, bed.busybox)
    const before = await idOf(await create())
    await expect.poll(() => lists.now().containers, WAIT).toContain(`${before} rests`)

    chmodSync(socket, FOR_ROOT)
    const refused = await engineOf(api, ({ state }) => state === 'unauthorized')
    expect(refused.problem).toMatchObject({
      code: 'permission-denied',
      hint: expect.stringMatching(/docker" group|rootless/) as string,
    })
    expect(refused.lastHeardAt).not.toBeNull()
    await expect(api.containers.stop({ engineId, ids: [before] })).rejects.toMatchObject({
      code: 'permission-denied',
    })
    // What happens meanwhile is not lost.
    const meanwhile = await idOf(await create())
    expect(lists.now().containers).not.toContain(`${meanwhile} rests`)

    chmodSync(socket, FOR_ALL)
    await expectRightAgain(engine, lists, {
      ...{ name: 'permission taken and given', since: Date.now() },
      connectedAt: () => connectedAt(api),
    })
    expect(lists.now().containers).toContain(`${meanwhile} rests`)
  })
})

/** The whole app, run by a user without any right: root may do all, whatever a file's mode is. */
async function openAsNobody(socket: string) {
  const home = mkdtempSync(join(tmpdir(), 'longshore-nobody-'))
  chownSync(home, NOBODY, NOBODY)
  onTestFinished(() => rmSync(home, { recursive: true }))
  const { api } = await startOwnApp(
    { socket },
    {
      folder: mkdtempSync(join(bed.folder, 'nobody-')),
      dataFolder: home,
      by: ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'],
      environment: { HOME: home },
    },
  )
  return api
}
