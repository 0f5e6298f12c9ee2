/**
 * Browser mode's second credential: the page keeps it in `localStorage` under this name and shows it
 * as the query's `key` when it opens the WebSocket.
 */
export const sessionKeyName = 'longshore-key'
