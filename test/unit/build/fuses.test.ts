import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, onTestFinished, test } from 'vitest'
import { FUSES, setFuses } from '../../../build/fuses.mjs'
import { makeStandInElectron } from './standInElectron'

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'longshore-fuses-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

test('all nine fuses are set, on or off, by their names', async () => {
  const program = await makeStandInElectron(await makeFolder())
  await setFuses(program)
  const { version, ...wire } = await getCurrentFuseWire(program)
  expect(version).toBe('1')
  const named = Object.entries(wire).map(([index, state]) => [
    FuseV1Options[Number(index)],
    state === FuseState.ENABLE,
  ])
  expect(Object.fromEntries(named)).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
    WasmTrapHandlers: true,
  })
})

test('every fuse that @electron/fuses knows is set', () => {
  const known = Object.keys(FuseV1Options).filter((key) => /^\d+$/.test(key))
  expect(known).toHaveLength(9)
  expect(Object.keys(FUSES)).toEqual(expect.arrayContaining(known))
})

test.each([8, 10])('an Electron of %i fuses is refused and left as it was', async (fuses) => {
  const program = await makeStandInElectron(await makeFolder(), fuses)
  const before = await readFile(program)
  await expect(setFuses(program)).rejects.toThrow(/fuse wire/)
  expect(await readFile(program)).toEqual(before)
})
