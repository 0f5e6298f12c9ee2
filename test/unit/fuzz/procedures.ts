import { isContractProcedure } from '@orpc/contract'
import { z } from 'zod'
import { contract } from '../../../preload/contract'

export interface AskedProcedure {
  /** `containers.start` */
  name: string
  path: [feature: string, procedure: string]
  /** Null: it takes no input. */
  input: z.ZodType | null
}

/** Every procedure of the contract: one that is added later is among them by itself. */
export function everyProcedure(): AskedProcedure[] {
  return Object.entries(contract).flatMap(([feature, procedures]) =>
    Object.entries<unknown>(procedures).map(([name, procedure]) => {
      if (!isContractProcedure(procedure)) throw new Error(`${feature}.${name} is no procedure.`)
      const declared: { inputSchema?: unknown } = procedure['~orpc']
      const input = declared.inputSchema ?? null
      if (input !== null && !(input instanceof z.ZodType)) {
        throw new Error(`The input of ${feature}.${name} is not described by zod.`)
      }
      return { name: `${feature}.${name}`, path: [feature, name], input }
    }),
  )
}
