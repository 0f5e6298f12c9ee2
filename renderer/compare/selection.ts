/** So many lines can be told apart in one chart. */
export const mostCompared = 6
/** Fewer are no comparison. */
export const leastCompared = 2

export const canCompare = ({ length }: readonly unknown[]) =>
  length >= leastCompared && length <= mostCompared

/** Where some containers are compared. */
export const comparePath = (containers: readonly { id: string }[]) => ({
  path: '/compare',
  query: { ids: containers.map(({ id }) => id).join(',') },
})
