/** What the guide tells, in the order in which one thing needs the other. */
export const steps = [
  'engine',
  'image',
  'layer',
  'container',
  'namespace',
  'cgroup',
  'registry',
  'samples',
] as const

export type Step = (typeof steps)[number]

/** What is explained by a picture. */
export type Term = Exclude<Step, 'engine' | 'samples'>
