import { z } from 'zod'
import { absolutePath } from '../../../preload/contract/base'
import { anything, hostileNumbers } from './hostile'
import type { Random } from './random'

type Schema = z.core.$ZodType

/**
 * Makes inputs out of the contract's own schemas: what fits, what fits but for one place, and anything.
 * Text fields get those of the hostile texts that the field's rule lets through.
 */
export class Inputs {
  readonly #texts: readonly string[]
  readonly #ownPaths: string
  readonly #engineId: string
  /** What each schema of texts or numbers lets through. */
  readonly #fitting = new Map<Schema, unknown[]>()

  /** @param folder - where everything may be read and written; other places are never named */
  constructor(options: { texts: readonly string[]; folder: string; engineId: string }) {
    this.#texts = [options.engineId, ...options.texts]
    this.#ownPaths = options.folder
    this.#engineId = options.engineId
  }

  /** A value of the schema's shape; refinements of whole objects may still refuse it. */
  fitting(schema: Schema, random: Random): unknown {
    const { def } = schema._zod as unknown as { def: Definition }
    switch (def.type) {
      case 'object':
        return this.#object(def, random)
      case 'array':
        return Array.from({ length: random.pick([0, 1, 1, 1, 2, 5]) }, () =>
          this.fitting(def.element, random),
        )
      case 'tuple':
        return [...def.items, ...(def.rest && random.once(2) ? [def.rest] : [])].map((item) =>
          this.fitting(item, random),
        )
      case 'record':
        return Object.fromEntries(
          Array.from({ length: random.below(3) }, () => [
            this.fitting(def.keyType, random),
            this.fitting(def.valueType, random),
          ]),
        )
      case 'union':
        return this.fitting(random.pick(def.options), random)
      case 'optional':
      case 'default':
        return random.once(3) ? undefined : this.fitting(def.innerType, random)
      case 'nullable':
        return random.once(3) ? null : this.fitting(def.innerType, random)
      case 'enum':
        return random.pick(Object.values(def.entries))
      case 'literal':
        return random.pick(def.values)
      case 'boolean':
        return random.once(2)
      case 'string':
        return random.pick(this.#fittingOf(schema, this.#textsFor(schema)))
      case 'number':
        return random.pick(this.#fittingOf(schema, hostileNumbers))
      case 'custom':
        return anything(random, this.#texts)
    }
    throw new Error(
      `Inputs of the type "${(def as { type: string }).type}" are not made yet: add it here.`,
    )
  }

  /** What fits, with one place changed, added or taken away. */
  spoilt(schema: Schema, random: Random): unknown {
    return this.#spoil(this.fitting(schema, random), random)
  }

  anything(random: Random): unknown {
    return anything(random, this.#texts)
  }

  #object({ shape }: Extract<Definition, { type: 'object' }>, random: Random): unknown {
    const entries = Object.entries(shape).map(([name, field]) => [
      name,
      // Most go to the one engine that there is.
      name === 'engineId' && !random.once(20) ? this.#engineId : this.fitting(field, random),
    ])
    return Object.fromEntries(entries)
  }

  #spoil(value: unknown, random: Random): unknown {
    if (typeof value !== 'object' || value === null || random.once(12)) return this.anything(random)
    if (Array.isArray(value)) {
      const items = value as unknown[]
      const at = random.below(items.length + 1)
      return [...items.slice(0, at), this.#spoil(items[at], random), ...items.slice(at + 1)]
    }
    const keys = Object.keys(value)
    if (keys.length === 0 || random.once(20)) return { ...value, ['extra']: this.anything(random) }
    const key = random.pick(keys)
    const { [key]: before, ...others } = value as Record<string, unknown>
    return random.once(6) ? others : { ...others, [key]: this.#spoil(before, random) }
  }

  #textsFor(schema: Schema): readonly string[] {
    if (schema !== absolutePath) return this.#texts
    return this.#texts.filter((text) => text.startsWith(this.#ownPaths) || isWindowsPath(text))
  }

  #fittingOf(schema: Schema, candidates: readonly unknown[]): unknown[] {
    const known = this.#fitting.get(schema)
    if (known) return known
    const safeParse = (schema as z.ZodType).safeParse.bind(schema)
    const fitting = candidates.filter((candidate) => safeParse(candidate).success)
    if (fitting.length === 0) {
      throw new Error(`Nothing fits ${describe(schema)}: add a text or a number to hostile.ts.`)
    }
    this.#fitting.set(schema, fitting)
    return fitting
  }
}

/** The kinds of schemas that the contract's inputs are made of, as zod 4 describes them (`$ZodTypes`). */
type Definition =
  | { type: 'object'; shape: Record<string, Schema> }
  | { type: 'array'; element: Schema }
  | { type: 'tuple'; items: Schema[]; rest: Schema | null }
  | { type: 'record'; keyType: Schema; valueType: Schema }
  | { type: 'union'; options: Schema[] }
  | { type: 'optional' | 'default' | 'nullable'; innerType: Schema }
  | { type: 'enum'; entries: Record<string, string | number> }
  | { type: 'literal'; values: unknown[] }
  | { type: 'string' | 'number' | 'boolean' | 'custom' }

/** Absolute on Windows; here a name, to be written into the working folder by who does not look. */
function isWindowsPath(text: string): boolean {
  return /^(?:[A-Za-z]:|\\\\)/.test(text)
}

function describe(schema: Schema): string {
  return JSON.stringify(z.toJSONSchema(schema))
}
