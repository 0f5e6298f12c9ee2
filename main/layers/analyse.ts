import type { AnalysisMessage, LayerAnalysis, LayerChanges } from '../../preload/contract/layers'
import { openStream } from '../engines/rawStream'
import type { Session } from '../engines/session'
import { instructionOf } from '../images/details'
import type { Analyses, KeptAnalysis } from './analyses'
import { EfficiencyMeter } from './efficiency'
import type { FactsKeeper } from './factsKeeper'
import { readImageArchive, type ImageContent } from './imageArchive'
import { LayerStack } from './layerStack'
import { reported } from '../live/reported'

/** The engine gathers all layers before it sends the first byte. */
const openMillis = 30 * 60_000

/** Reads what an image's layers hold, or tells what is still known of them. */
export async function* analyse(
  { keeper, analyses }: { keeper: FactsKeeper; analyses: Analyses },
  session: Session,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<AnalysisMessage, void, void> {
  const kept = analyses.find(id)
  if (kept) {
    yield { kind: 'read', analysis: kept.analysis }
    return
  }
  const totalBytes = session.images.collection.get(id)?.sizeBytes ?? 0
  let bytes = 0
  yield* reported<AnalysisMessage, LayerAnalysis>(
    async (ended) => {
      const content = await readExport(session, id, (more) => (bytes += more), ended)
      keeper.keepEmptySteps(
        id,
        content.steps.map(({ empty }) => empty),
      )
      const read = analysisOf(id, content)
      analyses.keep(read)
      return read.analysis
    },
    () => ({ kind: 'reading', bytes, totalBytes }),
    (analysis) => ({ kind: 'read', analysis }),
    signal,
  )
}

/** Puts the layers on each other; each layer's table is let go when it is read. */
export function analysisOf(id: string, { layers, steps, leftOut }: ImageContent): KeptAnalysis {
  const meter = new EfficiencyMeter()
  const stack = new LayerStack()
  const made = steps.filter(({ empty }) => !empty)
  const unmade = Math.max(0, layers.length - made.length)
  let sizeBytes = 0
  const changes = layers.map(({ diffId, entries }, at): LayerChanges => {
    meter.add(entries)
    sizeBytes += entries.sizeBytes
    return {
      diffId,
      instruction: instructionOf(made[at - unmade]?.createdBy ?? ''),
      sizeBytes: entries.sizeBytes,
      ...stack.add(entries),
    }
  })
  return { stack, analysis: { id, layers: changes, sizeBytes, leftOut, ...meter.result() } }
}

async function readExport(
  { connection }: Session,
  id: string,
  count: (bytes: number) => void,
  signal: AbortSignal,
): Promise<ImageContent> {
  const answer = await openStream(
    connection.link.client,
    { method: 'GET', path: `/images/${id}/get`, query: {} },
    { signal, timeoutMillis: openMillis },
  )
  async function* counted(): AsyncGenerator<Buffer, void, void> {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      count(chunk.length)
      yield chunk
    }
  }
  try {
    return await readImageArchive(counted(), signal)
  } finally {
    answer.destroy()
  }
}
