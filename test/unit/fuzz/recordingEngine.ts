import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { known } from './hostile'

/** A request as it came over the socket. */
export interface EngineRequest {
  method: string
  /** Path and query, not decoded. */
  url: string
  /** Names and values in turn. */
  headers: string[]
}

export interface RecordingEngine {
  /** What came since the last time that it was taken. */
  take(): EngineRequest[]
  close(): Promise<void>
}

/**
 * Answers every request as an engine does that has one container, one image, one network and one volume,
 * and writes down what it was asked.
 */
export async function recordingEngine(
  socket: string,
  kind: 'docker' | 'podman',
): Promise<RecordingEngine> {
  let requests: EngineRequest[] = []
  const open = new Set<Duplex>()
  const write = ({ method = '', url = '', rawHeaders }: IncomingMessage) =>
    requests.push({ method, url, headers: rawHeaders })
  const server = createServer((request, response) => {
    write(request)
    request.resume()
    request.once('end', () => answer(request, response, kind))
  })
  server.on('connection', (connection) => {
    open.add(connection)
    connection.on('error', () => undefined)
    connection.once('close', () => open.delete(connection))
  })
  server.on('upgrade', (request, connection) => {
    write(request)
    connection.end('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nhello')
  })
  server.listen(socket)
  await once(server, 'listening')
  return {
    take() {
      const taken = requests
      requests = []
      return taken
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const connection of open) connection.destroy()
      await closed
    },
  }
}

function answer(
  { method, url = '' }: IncomingMessage,
  response: ServerResponse,
  kind: string,
): void {
  const path = url.replace(/^\/v\d+\.\d+(\.\d+)?(?=\/)/, '').replace(/\?.*$/s, '')
  if (path === '/_ping') return void response.setHeader('Api-Version', '1.47').end('OK')
  if (path === '/libpod/_ping') {
    response.writeHead(kind === 'podman' ? 200 : 404).end()
    return
  }
  if (path === '/events') return response.flushHeaders()
  const told = method === 'GET' ? answers(kind)[path] : undefined
  if (told !== undefined) return json(response, 200, told)
  if (/\/exec\/?$/.test(path)) return json(response, 201, { Id: 'e'.repeat(64) })
  if (path.endsWith('/create')) return json(response, 201, { Id: known.container, Name: 'made' })
  if (path.endsWith('/wait')) return json(response, 200, { StatusCode: 0 })
  if (method === 'HEAD') {
    return void response.setHeader('X-Docker-Container-Path-Stat', pathStat).end()
  }
  if (/\/(archive|get|export)$/.test(path)) return void response.end(Buffer.alloc(1_024))
  if (method !== 'GET' && path.includes(known.container)) return void response.writeHead(204).end()
  return json(response, 404, { message: 'no such thing', cause: 'no such thing', response: 404 })
}

/** Of a file, as Docker tells it beside an archive. */
const pathStat = Buffer.from(
  JSON.stringify({
    name: 'a',
    size: 3,
    mode: 0o644,
    mtime: '2024-01-01T00:00:00Z',
    linkTarget: '',
  }),
).toString('base64')

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
}

function answers(kind: string): Record<string, unknown> {
  const network = { Name: 'bridge', Id: known.network, Driver: 'bridge', Scope: 'local' }
  return {
    '/version': { Version: '27.0.0', ApiVersion: '1.47', MinAPIVersion: '1.24' },
    '/info': { Name: 'standin', NCPU: 2, MemTotal: 1e9, KernelVersion: 'other', OSType: 'linux' },
    '/containers/json': [listed],
    [`/containers/${known.container}/json`]: inspected,
    [`/containers/${known.container}/changes`]: [{ Path: '/a', Kind: 1 }],
    [`/containers/${known.container}/top`]: { Titles: ['PID', 'CMD'], Processes: [['1', 'sh']] },
    [`/libpod/containers/${known.container}/json`]: inspected,
    [`/exec/${'e'.repeat(64)}/json`]: { ID: 'e'.repeat(64), Running: false, ExitCode: 0, Pid: 1 },
    '/images/json': [image],
    [`/images/${known.image}/json`]: inspectedImage,
    [`/images/${known.image}/history`]: [{ Id: known.image, Created: 1, CreatedBy: 'x', Size: 1 }],
    '/networks': [{ ...network, IPAM: { Config: [] }, Containers: {}, Labels: {}, Options: {} }],
    [`/networks/${known.network}`]: { ...network, IPAM: { Config: [] } },
    '/libpod/networks/json': [{ name: 'podman', id: known.network, driver: 'bridge', subnets: [] }],
    '/volumes': { Volumes: [volume], Warnings: null },
    [`/volumes/${known.volume}`]: volume,
    '/system/df': { Volumes: [], LayersSize: 0, Images: [], Containers: [], kind },
  }
}

const volume = {
  Name: known.volume,
  Driver: 'local',
  Mountpoint: '/nowhere',
  CreatedAt: '2024-01-01T00:00:00Z',
  Labels: {},
  Options: {},
  Scope: 'local',
}

const image = {
  Id: known.image,
  ParentId: '',
  RepoTags: ['alpine:3.20'],
  RepoDigests: [],
  Created: 1,
  Size: 1,
  SharedSize: -1,
  VirtualSize: 1,
  Labels: {},
  Containers: -1,
}

const inspectedImage = {
  ...image,
  Created: '2024-01-01T00:00:00Z',
  Os: 'linux',
  Architecture: 'amd64',
  Author: '',
  Config: { Env: ['A=b'], Cmd: ['sh'], Entrypoint: null, Labels: {}, User: '', WorkingDir: '' },
  RootFS: { Type: 'layers', Layers: [known.image] },
}

const listed = {
  Id: known.container,
  Names: ['/web-1'],
  Image: 'alpine:3.20',
  ImageID: known.image,
  Command: 'sh',
  Created: 1,
  State: 'running',
  Status: 'Up 1 second',
  Ports: [],
  Labels: {},
  Mounts: [],
  HostConfig: { NetworkMode: 'bridge' },
  NetworkSettings: { Networks: {} },
}

const inspected = {
  Id: known.container,
  Name: '/web-1',
  Created: '2024-01-01T00:00:00Z',
  Path: 'sh',
  Args: [],
  Image: known.image,
  RestartCount: 0,
  Mounts: [],
  State: {
    Status: 'running',
    Running: true,
    Paused: false,
    Restarting: false,
    OOMKilled: false,
    Dead: false,
    Pid: 0,
    ExitCode: 0,
    Error: '',
    StartedAt: '2024-01-01T00:00:00Z',
    FinishedAt: '0001-01-01T00:00:00Z',
  },
  Config: {
    Hostname: 'c0ffee',
    User: '',
    Env: ['A=b', 'API_TOKEN=hidden'],
    Cmd: ['sh'],
    Entrypoint: null,
    Image: 'alpine:3.20',
    Labels: {},
    WorkingDir: '',
    Tty: true,
    OpenStdin: true,
    Healthcheck: { Test: ['CMD', 'true'] },
  },
  HostConfig: {
    NetworkMode: 'bridge',
    RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
    Memory: 0,
    NanoCpus: 0,
    Binds: null,
    Privileged: false,
    LogConfig: { Type: 'json-file', Config: {} },
  },
  NetworkSettings: { Networks: {}, Ports: {} },
}
