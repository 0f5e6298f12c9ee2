/** One line of `KeyValues`. */
export interface KeyValue {
  label: string
  value: string
  mono?: boolean
  /** True: the value can be copied; a text: that is copied instead. */
  copy?: boolean | string
}
