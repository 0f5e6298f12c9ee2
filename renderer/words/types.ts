/** A tree of words, as a feature's `words.en.ts` exports it. */
export interface WordTree {
  readonly [key: string]: string | WordTree
}

/** The dotted paths to a tree's leaves: what `t` takes. */
export type WordKey<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${WordKey<Tree[Key]>}`
}[keyof Tree & string]

/** The words of another language for the same keys: what a feature's `words.de.ts` satisfies. */
export type WordsLike<Tree> = {
  readonly [Key in keyof Tree]: Tree[Key] extends string ? string : WordsLike<Tree[Key]>
}
