/**
 * For connections to other hosts. One on which nothing is said for long, as that of events, may be forgotten by
 * what is between (NAT, firewalls) without being closed: the system asks after 15 seconds of silence, and closes it
 * when nobody answers.
 */
export const tcpOptions = { keepAlive: true, keepAliveInitialDelay: 15_000 }
