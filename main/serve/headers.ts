/**
 * What a page of Longshore may do, in both modes: run its own files and talk to its own origin.
 * Names, labels and logs come from containers and are hostile; whatever slips into the page as
 * markup must find nothing that it may load, run or send to. `connect-src 'self'` covers the
 * WebSocket too (CSP level 3, "Does url match expression in origin": an http origin matches ws on
 * the same host and port).
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // Not inline: what scripts set through the CSSOM is free of this. build/strictXterm.ts makes
  // xterm.js do so.
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

/** Headers that stand on every answer, whatever its status. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}
