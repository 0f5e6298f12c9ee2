/** What the pictures show as an engine would: names and numbers, the same in every language. */
export const shown = {
  image: 'shop:1.2',
  older: 'me/shop:1.1',
  newer: 'me/shop:1.2',
  other: 'me/tools:3',
  registry: 'ghcr.io',
  first: 'shop-1',
  program: 'shop',
  init: 'init',
  address: '172.17.0.2',
  firstPid: 'PID 1',
  somePid: 'PID 48213',
} as const
