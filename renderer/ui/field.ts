/** The look shared by every box that takes input. */
export const boxClass =
  'h-7 min-w-0 rounded-md border bg-field px-2 text-text select-text placeholder:text-muted/80 disabled:opacity-50'

/** The box's border, which says whether what is in it can stay. */
export const boxBorder = (error: string | undefined) =>
  error ? 'border-bad' : 'border-line-strong'
