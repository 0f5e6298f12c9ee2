/** One line of `KeyValues`. */
export interface KeyValue {
  label: string
  value: string
  mono?: boolean
  copy?: boolean
}
