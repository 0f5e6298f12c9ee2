import { measure } from './measure'

/** A Node process that waits: what every client below costs before it does anything. */
await measure(() => {
  setInterval(() => undefined, 2 ** 30)
  return Promise.resolve({})
})
