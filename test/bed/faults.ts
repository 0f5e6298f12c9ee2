/** Which requests a fault befalls. */
interface FaultTarget {
  /** Any if none is given. */
  method?: string
  /** Is looked for in the path with its query. Any if none is given. */
  path?: RegExp
  /** How often it happens; once if nothing is said, `Infinity` for always. */
  times?: number
}

/** What happens to a request. */
type FaultEffect =
  /**
   * The connection is closed after so many bytes of a longer body. With 0 also when there is no body:
   * of a request, nothing reaches the registry; of an answer, the registry has done what it was asked
   * and the client hears nothing.
   */
  | { kind: 'drop'; of: 'request' | 'answer'; afterBytes: number }
  /** The registry is not asked; this is the answer. */
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: string }
  /** The body passes at this pace. */
  | { kind: 'slow'; of: 'request' | 'answer'; bytesPerSecond: number }
  /** An answer whose head tells a greater length tells this one, and its body ends there. */
  | { kind: 'truncate'; afterBytes: number }
  /** The registry is not asked and the client gets no answer. */
  | { kind: 'silence' }

export type Fault = FaultTarget & FaultEffect

/** A fault in the script. */
export interface ScriptedFault {
  /** How often it has happened. */
  readonly hits: number
  /** It does not happen any more. */
  remove(): void
}

/** A fault that may happen to a request: whoever lets it happen takes it first. */
export interface ArmedFault {
  fault: Fault
  /** Counts it as happened; false when others have used it up meanwhile. */
  take: () => boolean
}

/** The faults to come, in the order they were added in. */
export function createFaultScript() {
  const script: (ArmedFault & { isSpent: () => boolean })[] = []
  return {
    add(fault: Fault): ScriptedFault {
      let [hits, left] = [0, fault.times ?? 1]
      script.push({
        fault,
        isSpent: () => left <= 0,
        take: () => {
          if (left <= 0) return false
          left--
          hits++
          return true
        },
      })
      return {
        get hits() {
          return hits
        },
        remove() {
          left = 0
        },
      }
    },

    /** The first fault that is for this request and not yet spent. */
    armedFor(method: string, path: string): ArmedFault | null {
      const found = script.find(
        ({ fault, isSpent }) =>
          !isSpent() &&
          (fault.method === undefined || fault.method === method) &&
          (fault.path === undefined || path.search(fault.path) >= 0),
      )
      return found ?? null
    },
  }
}
