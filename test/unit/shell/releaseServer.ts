import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { publicKeyOf, signFile } from '../../../build/steps/signature.mjs'
import type { UpdateFeed } from '../../../main/shell/updateFeed'

/** What electron-updater asks for on Linux. */
export const announcement = process.arch === 'x64' ? 'latest-linux.yml' : 'latest-linux-arm64.yml'
export const appImage = 'Longshore.AppImage'

export interface ReleaseServer {
  feed: UpdateFeed
  requests: IncomingMessage[]
  /** Names of the files that were asked for. */
  asked: () => (string | undefined)[]
  /** Puts a file there. */
  put: (name: string, content: string) => void
  read: (name: string) => string
  remove: (name: string) => void
  /** Signs a file as the release script does; by default with the key of the feed. */
  sign: (name: string, key?: KeyObject) => void
  /** Announces a release of these bytes, and signs that. */
  release: (version: string, program: string) => void
  /** Begins to send the package, and does not go on. */
  stall: () => void
}

/** A server with releases, on loopback; ends after the test. */
export async function startReleaseServer(): Promise<ReleaseServer> {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-releases-'))
  const { privateKey } = generateKeyPairSync('ed25519')
  const requests: IncomingMessage[] = []
  let stalled = false
  const server = createServer((request, response) => {
    requests.push(request)
    const name = nameOf(request) ?? ''
    // Asked for in parts, there is no map of the parts here: then it is got as a whole.
    if (stalled && name === appImage && !request.headers.range) {
      response.writeHead(200, { 'Content-Length': '1000' }).write('begun')
      return
    }
    try {
      response.end(readFileSync(join(folder, name)))
    } catch {
      response.writeHead(404).end()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true })
  })
  const put = (name: string, content: string) => writeFileSync(join(folder, name), content)
  const sign = (name: string, key = privateKey) => signFile(join(folder, name), key)
  return {
    feed: {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      publicKey: publicKeyOf(privateKey),
    },
    requests,
    asked: () => requests.map(nameOf),
    put,
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    remove: (name) => rmSync(join(folder, name)),
    sign,
    release(version, program) {
      const sha512 = createHash('sha512').update(program).digest('base64')
      put(appImage, program)
      const file = JSON.stringify({ url: appImage, sha512, size: program.length })
      put(announcement, `version: ${version}\nfiles:\n  - ${file}\n`)
      sign(announcement)
    },
    stall: () => {
      stalled = true
    },
  }
}

function nameOf({ url = '' }: IncomingMessage): string | undefined {
  return new URL(url, 'http://here').pathname.split('/').at(-1)
}
