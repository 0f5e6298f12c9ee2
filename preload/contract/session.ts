/**
 * Browser mode's second credential: the page keeps it in `localStorage` under this name, shows it as
 * the query's `key` when it opens the WebSocket, and as a header of this name when it says that a
 * person uses it.
 */
export const sessionKeyName = 'longshore-key'

/** Where the page's WebSocket opens. Asked without an upgrade it says by its status if one would be. */
export const socketPath = '/rpc'

/**
 * A page posts here when a person uses it (at most once a minute): otherwise its session ends after a
 * while, and the engine with it is out of the reach of whoever finds the browser open.
 */
export const usePath = '/used'

/** The code that a page's WebSocket is closed with when its session has ended (RFC 6455, 7.4.2). */
export const sessionEndedCode = 4401
