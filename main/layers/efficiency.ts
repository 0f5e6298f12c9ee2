import type { WastefulPath } from '../../preload/contract/layers'
import { tooLarge, MOST_ENTRIES, type LayerEntries } from './entries'

/** Of the paths that waste something, so many are told. */
const MOST_WASTEFUL = 1_000
/** Folders that no entry speaks of count too. */
const MOST_PLACES = 2 * MOST_ENTRIES

export interface EfficiencyResult {
  efficiency: number
  wastedBytes: number
  /** The most wasteful first, at most 1,000. */
  wasteful: WastefulPath[]
  /** How many there are. */
  wastefulPaths: number
}

/** A path, with what all layers so far did to it. */
interface Place {
  children: Map<string, Place> | null
  /** Whether it is there with the layers so far. */
  live: boolean
  isFolder: boolean
  sizeBytes: number
  /** The last layer that had it, and the last that had something in it. */
  layer: number
  parentInLayer: number
  /** Occurrences, what they have together, and the smallest. */
  count: number
  bytes: number
  leastBytes: number
}

/**
 * The efficiency of an image as dive defines it (wagoodman/dive, dive/filetree/efficiency.go and
 * dive/image/analysis.go), so that the same image has the same figures there and here.
 *
 * - An occurrence is a path of a layer that has nothing in it there: a file, a link, an empty folder, also
 *   a folder of which the layer only has the folder. Its size is that of its tar entry, without content 0.
 *   A whiteout is an occurrence of the path that it removes, of size 0 for a file; for a folder, of the
 *   size of all files that lie in it with the layers below.
 * - Efficiency: over all paths, the sum of each path's smallest occurrence, by the sum of all occurrences;
 *   1 where nothing has a size.
 * - Wasted: all occurrences, the last one too, of the paths that occur twice or more often.
 *
 * As there, opaque whiteouts are not counted, a path that becomes something else keeps what lay in it, and a folder
 * without an entry of its own is none when it is removed. Other than there, a whiteout of what is not
 * there counts 0, and the rest of its layer is counted (dive leaves it out).
 */
export class EfficiencyMeter {
  readonly #root = newPlace()
  #layer = 0
  #places = 0

  /** The lowest layer first. */
  add({ entries, whiteouts }: LayerEntries): void {
    const layer = ++this.#layer
    const removed = [...new Set(whiteouts)].map((path) => this.#place(path, layer))
    for (const place of removed) {
      occur(place, place.live && place.isFolder ? bytesWithin(place) : 0)
    }
    for (const place of removed) take(place)
    const touched = new Set<Place>()
    for (const { path, kind, sizeBytes } of entries) {
      const place = this.#place(path, layer, touched)
      place.isFolder = kind === 'folder'
      place.sizeBytes = sizeBytes
    }
    for (const place of touched) {
      if (place.parentInLayer !== layer) occur(place, place.sizeBytes)
    }
  }

  result(): EfficiencyResult {
    let [least, all, wastedBytes] = [0, 0, 0]
    const wasteful: WastefulPath[] = []
    const walk = (place: Place, path: string) => {
      least += place.leastBytes
      all += place.bytes
      if (place.count >= 2) {
        wastedBytes += place.bytes
        wasteful.push({ path, count: place.count, bytes: place.bytes })
      }
      for (const [name, child] of place.children ?? []) walk(child, `${path}/${name}`)
    }
    walk(this.#root, '')
    wasteful.sort((a, b) => b.bytes - a.bytes || b.count - a.count || (a.path < b.path ? -1 : 1))
    return {
      efficiency: all === 0 ? 1 : least / all,
      wastedBytes,
      wasteful: wasteful.slice(0, MOST_WASTEFUL),
      wastefulPaths: wasteful.length,
    }
  }

  /**
   * The place of a path, made where there is none. With `touched`, the path and the folders on the way are
   * in this layer: they are there from now on, and those on the way have something in them.
   */
  #place(path: string, layer: number, touched?: Set<Place>): Place {
    let place = this.#root
    for (const name of path.split('/')) {
      const parent = place
      parent.children ??= new Map()
      let child = parent.children.get(name)
      if (!child) {
        if (++this.#places > MOST_PLACES) throw tooLarge()
        child = newPlace()
        parent.children.set(name, child)
      }
      place = child
      // A whiteout is something in its folder, too.
      parent.parentInLayer = layer
      if (touched && place.layer !== layer) {
        // Until an entry of its own is met.
        Object.assign(place, { live: true, layer, isFolder: false, sizeBytes: 0 })
        touched.add(place)
      }
    }
    return place
  }
}

function newPlace(): Place {
  return {
    ...{ children: null, live: false, isFolder: false, sizeBytes: 0 },
    ...{ layer: 0, parentInLayer: 0, count: 0, bytes: 0, leastBytes: 0 },
  }
}

function occur(place: Place, bytes: number): void {
  place.leastBytes = place.count === 0 ? bytes : Math.min(place.leastBytes, bytes)
  place.count++
  place.bytes += bytes
}

function bytesWithin(place: Place): number {
  let bytes = place.live ? place.sizeBytes : 0
  for (const child of place.children?.values() ?? []) bytes += bytesWithin(child)
  return bytes
}

function take(place: Place): void {
  place.live = false
  for (const child of place.children?.values() ?? []) take(child)
}
