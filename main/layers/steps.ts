import { stringsOf } from '../engines/answers'
import type { EngineLink } from '../engines/handshake'
import { instructionOf } from '../images/details'

/** How an image was made, without what other images have of it. */
export interface Step {
  instruction: string
  createdAt: number
  comment: string
  sizeBytes: number
}

/** A tar without entries, as BuildKit makes it of a step that changed no file. */
const EMPTY_DIFF_ID = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef'

/** What may make a layer without a byte in it. */
const MAY_MAKE_A_LAYER = /^(RUN|COPY|ADD|WORKDIR)\b/i

interface RawHistoryEntry {
  Created?: number
  CreatedBy?: string
  Size?: number
  Comment?: string
}

export async function readDiffIds(
  { client }: EngineLink,
  id: string,
  signal: AbortSignal,
): Promise<string[]> {
  const info = await client.call((docker) => docker.getImage(id).inspect(), { signal })
  return stringsOf((info.RootFS as Partial<typeof info.RootFS> | undefined)?.Layers)
}

export async function readSteps(
  { client }: EngineLink,
  id: string,
  signal: AbortSignal,
): Promise<Step[]> {
  const history = (await client.call((docker) => docker.getImage(id).history(), {
    signal,
  })) as RawHistoryEntry[]
  return history.reverse().map(({ Created = 0, CreatedBy = '', Size = 0, Comment = '' }) => ({
    instruction: instructionOf(CreatedBy),
    createdAt: Created * 1_000,
    comment: Comment,
    // Podman: -1 where it does not know.
    sizeBytes: Math.max(0, Size),
  }))
}

/** What it costs to believe something of a step, the sum is to be least. */
const COST = {
  /** A layer that no step made. */
  unmade: 1e9,
  /** Bytes without a layer. */
  bytesWithoutLayer: 1e6,
  /** Bytes in the layer that is known to have none. */
  bytesInEmptyLayer: 1e4,
  /** A layer by an instruction that makes none, `ENV` for example. */
  unlikelyLayer: 100,
  /** A layer without bytes by one that may make it. */
  emptyLayer: 2,
  /** The same, where the layer is known to be empty. */
  knownEmptyLayer: 1,
}

/**
 * Which step made which layer, where the engine tells the two apart from each other: its history has no
 * mark for steps that made none. Both are in order, so what is sought is the choice of as many steps as
 * there are layers that is the most likely: every step with bytes made a layer; one without bytes did
 * where layers are left over, rather `RUN`, `COPY`, `ADD` and `WORKDIR` (an empty tar, or only folders in
 * it) than others, and rather the one whose layer is the well-known empty tar. Of equally likely choices
 * the one with the lower steps is taken, so that the same answer comes every time.
 *
 * @returns for each step the position of its layer, null where it made none; and below them all how many
 *   layers there are that no step made
 */
export function alignSteps(
  steps: readonly Step[],
  diffIds: readonly string[],
): { layers: (number | null)[]; unmade: number } {
  // best[i][j]: the least cost of the steps from i on, with the layers from j on.
  const best = Array.from({ length: steps.length + 1 }, () =>
    new Float64Array(diffIds.length + 1).fill(Infinity),
  )
  const at = (step: number, layer: number) => best[step]?.[layer] ?? Infinity
  const set = (step: number, layer: number, cost: number) => {
    const row = best[step]
    if (row) row[layer] = cost
  }
  set(steps.length, diffIds.length, 0)
  for (let i = steps.length - 1; i >= 0; i--) {
    for (let j = diffIds.length; j >= 0; j--) {
      set(i, j, Math.min(withLayer(i, j), without(i, j)))
    }
  }

  function withLayer(i: number, j: number): number {
    const [step, diffId] = [steps[i], diffIds[j]]
    if (step === undefined || diffId === undefined) return Infinity
    return costOfLayer(step, diffId) + at(i + 1, j + 1)
  }

  function without(i: number, j: number): number {
    return ((steps[i]?.sizeBytes ?? 0) > 0 ? COST.bytesWithoutLayer : 0) + at(i + 1, j)
  }

  let unmade = 0
  for (let j = 1; j <= diffIds.length; j++) {
    if (j * COST.unmade + at(0, j) < unmade * COST.unmade + at(0, unmade)) unmade = j
  }
  let next = unmade
  const layers = steps.map((_, i) => {
    const made = withLayer(i, next)
    return made < Infinity && made <= without(i, next) ? next++ : null
  })
  return { layers, unmade }
}

/** By the marks of the image's own configuration, which are exact; null where they do not fit. */
export function alignByMarks(
  emptySteps: readonly boolean[],
  layerCount: number,
): { layers: (number | null)[]; unmade: number } | null {
  const made = emptySteps.filter((empty) => !empty).length
  if (made > layerCount) return null
  const unmade = layerCount - made
  let next = unmade
  return { layers: emptySteps.map((empty) => (empty ? null : next++)), unmade }
}

function costOfLayer({ sizeBytes, instruction }: Step, diffId: string): number {
  if (sizeBytes > 0) return diffId === EMPTY_DIFF_ID ? COST.bytesInEmptyLayer : 0
  if (!MAY_MAKE_A_LAYER.test(instruction)) return COST.unlikelyLayer
  return diffId === EMPTY_DIFF_ID ? COST.knownEmptyLayer : COST.emptyLayer
}
