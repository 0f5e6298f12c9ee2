import { z } from 'zod'

/*
 * Schemas for what engines may tell or leave out: whatever else comes is "not told" (null), because a page of
 * facts with a gap is worth more than none.
 */

export const toldText = z
  .string()
  .nullish()
  .catch(null)
  .transform((text) => (text === undefined || text === '' ? null : text))

export const toldNumber = z
  .number()
  .nullish()
  .catch(null)
  .transform((number) => number ?? null)

export const toldFlag = z
  .boolean()
  .nullish()
  .catch(null)
  .transform((flag) => flag ?? null)

/** Engines write null for an empty list; only what is left out is not told. */
export const toldTexts = z
  .array(z.string())
  .nullish()
  .catch(undefined)
  .transform((texts) => (texts === undefined ? null : (texts ?? [])))

/** A list of which what cannot be read is left out. */
export function toldList<Item extends z.ZodType>(item: Item) {
  return z
    .array(z.unknown())
    .nullish()
    .catch(null)
    .transform((all) =>
      (all ?? []).flatMap((each) => {
        const read = item.safeParse(each)
        return read.success ? [read.data] : []
      }),
    )
}

/** An object's members by their names, of which what cannot be read is left out. */
export function toldRecord<Value extends z.ZodType>(value: Value) {
  return z
    .record(z.string(), z.unknown())
    .nullish()
    .catch(null)
    .transform((all) =>
      Object.entries(all ?? {}).flatMap(([name, each]) => {
        const read = value.safeParse(each)
        return read.success ? [{ name, value: read.data }] : []
      }),
    )
}

/** An object, empty where there is none. */
export function toldObject<Shape extends z.ZodRawShape>(shape: Shape) {
  const object = z.object(shape)
  return z
    .unknown()
    .optional()
    .transform((given) => {
      const read = object.safeParse(given)
      // Every member of it has a default, so that an empty object can be read.
      return read.success ? read.data : object.parse({})
    })
}
