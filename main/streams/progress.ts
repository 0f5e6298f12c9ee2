import { createLogTail } from './logTail'
import { readProgressMessage, type ProgressMessage } from './progressMessage'
import { blobOfLine, meaningOfStatus, type LayerPhase, type StatusMeaning } from './progressWords'

/** One layer, as it stands in its present phase. */
export interface LayerProgress {
  /** The layer's short digest. */
  id: string
  phase: LayerPhase
  /** The engine's own words. */
  status: string
  /** Bytes downloaded, extracted or pushed, by phase. */
  currentBytes: number
  totalBytes: number | null
}

export interface ProgressState {
  /** In the order the engine named them. */
  layers: LayerProgress[]
  /** Bytes that moved so far, each counted once: extracting what was downloaded adds nothing. */
  transferredBytes: number
  /** What `transferredBytes` will be at the end; null until every layer that moves told its size. */
  totalBytes: number | null
  /** The last lines of what the engine said outside the layers. */
  log: string[]
  /** The manifest's digest in the registry. */
  digest: string | null
  /** With its algorithm: `sha256:…`. */
  imageId: string | null
  /** What the engine said went wrong. The HTTP status was 200 all the same. */
  error: string | null
}

export interface Progress {
  /** Takes one message of the stream; what it does not understand it leaves alone. */
  apply(message: unknown): void
  /** Says that the stream ended well: Podman never tells that a layer is done. */
  complete(): void
  /** A fresh copy, made of plain values. */
  state(): ProgressState
}

interface Layer extends LayerProgress {
  /** The most bytes seen in any phase; never falls when a download starts again. */
  transferredBytes: number
  arrived: boolean
}

/** Images have at most 127 layers; several images share a load. What an engine sends stays bounded. */
const MAX_LAYERS = 2_000
const MAX_ERROR_LENGTH = 4_000

const DIGEST = /sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})/
const PUSHED_DIGEST = new RegExp(`digest: (${DIGEST.source})`)
const PULLED_DIGEST = new RegExp(`^Digest: (${DIGEST.source})`)
const LOADED_IMAGE_ID = new RegExp(`^Loaded image(?: ID)?: (${DIGEST.source})`)
const WRITING_MANIFEST = /^Writing manifest to image destination/

/**
 * Reduces the messages of a pull, push, load or build stream to one state, for Docker's routes,
 * Podman's compatible ones and libpod's. Feed it from `jsonLines`.
 *
 * @param direction - which way Podman's "Copying blob" lines go
 */
export function createProgress({
  direction = 'pull',
}: { direction?: 'pull' | 'push' } = {}): Progress {
  const layers = new Map<string, Layer>()
  const log = createLogTail()
  let digest: string | null = null
  let imageId: string | null = null
  let error: string | null = null

  function layerCalled(id: string): Layer | undefined {
    let layer = layers.get(id)
    if (layer === undefined && layers.size < MAX_LAYERS) {
      layer = {
        id,
        phase: 'waiting',
        status: '',
        currentBytes: 0,
        totalBytes: null,
        transferredBytes: 0,
        arrived: false,
      }
      layers.set(id, layer)
    }
    return layer
  }

  function applyLayer(
    id: string,
    status: string,
    meaning: StatusMeaning | undefined,
    detail: ProgressMessage['progressDetail'],
  ): void {
    const layer = layerCalled(id)
    if (layer === undefined) return
    layer.status = status
    if (meaning) {
      layer.phase = meaning.phase
      layer.arrived ||= meaning.arrived
    }
    if (detail?.current !== undefined && detail.units !== 's') {
      layer.totalBytes = detail.total ?? layer.totalBytes
      // A push counts the padding of its tar stream too, and so ends beyond its total.
      layer.currentBytes = Math.min(detail.current, layer.totalBytes ?? Infinity)
      layer.transferredBytes = Math.max(layer.transferredBytes, layer.currentBytes)
    } else if (meaning?.arrived && layer.totalBytes !== null) {
      layer.currentBytes = layer.totalBytes
      layer.transferredBytes = layer.totalBytes
    }
  }

  function finishLayers(): void {
    for (const layer of layers.values()) {
      if (!moves(layer)) continue
      layer.phase = 'done'
      layer.arrived = true
      layer.currentBytes = layer.totalBytes ?? layer.currentBytes
      layer.transferredBytes = layer.totalBytes ?? layer.transferredBytes
    }
  }

  function applyLine(line: string): void {
    const blob = blobOfLine(line, direction === 'pull' ? 'downloading' : 'pushing')
    if (blob) applyLayer(blob.id, line, blob.meaning, undefined)
    if (WRITING_MANIFEST.test(line)) finishLayers()
    imageId = LOADED_IMAGE_ID.exec(line)?.[1] ?? imageId
  }

  function applyStatus(message: ProgressMessage, status: string): void {
    const { id, progressDetail } = message
    const meaning = meaningOfStatus(status)
    // A layer's message always has a progressDetail; "Pulling from …" has the tag for an id and none.
    if (id !== undefined && (progressDetail !== undefined || meaning !== undefined)) {
      applyLayer(id, status, meaning, progressDetail)
      return
    }
    log.addLine(id === undefined ? status : `${id}: ${status}`)
    digest = (PULLED_DIGEST.exec(status) ?? PUSHED_DIGEST.exec(status))?.[1] ?? digest
  }

  return {
    apply(unreadMessage) {
      const message = readProgressMessage(unreadMessage)
      const complaint = message.errorDetail?.message ?? message.error
      if (complaint !== undefined) error ??= complaint.trim().slice(0, MAX_ERROR_LENGTH)
      if (message.status !== undefined) applyStatus(message, message.status)
      if (message.stream !== undefined) log.addText(message.stream).forEach(applyLine)
      digest = readDigest(message.aux?.Digest) ?? digest
      imageId = readDigest(message.aux?.ID) ?? readDigest(message.images?.at(-1)) ?? imageId
    },
    complete() {
      log.endText().forEach(applyLine)
      finishLayers()
    },
    state() {
      const all = [...layers.values()]
      const transferring = all.filter(moves)
      return {
        layers: all.map(({ id, phase, status, currentBytes, totalBytes }) => ({
          id,
          phase,
          status,
          currentBytes,
          totalBytes,
        })),
        transferredBytes: sum(transferring.map((layer) => layer.transferredBytes)),
        totalBytes: expectedBytes(transferring),
        log: log.lines(),
        digest,
        imageId,
        error,
      }
    },
  }
}

function moves({ phase }: Layer): boolean {
  return phase !== 'exists' && phase !== 'mounted'
}

function expectedBytes(layers: Layer[]): number | null {
  if (layers.length === 0) return null
  let total = 0
  for (const layer of layers) {
    if (layer.totalBytes === null && !layer.arrived) return null
    total += Math.max(layer.totalBytes ?? 0, layer.transferredBytes)
  }
  return total
}

/** Docker writes `sha256:…`; libpod's pull writes the bare hexadecimal id. */
function readDigest(text: string | undefined): string | null {
  if (text === undefined) return null
  const full = /^[0-9a-f]{64}$/.test(text) ? `sha256:${text}` : text
  return DIGEST.exec(full)?.[0] === full ? full : null
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
