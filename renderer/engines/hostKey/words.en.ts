export default {
  verify: 'Look at its key…',
  title: 'Is this {host}?',
  body: 'SSH has never seen this host before. Its key proves who it is: compare the fingerprint before you trust it.',
  changedTitle: 'The key of {host} has changed',
  changedBody:
    'It showed another key than the one that is trusted. Somebody may be between you and the host and read everything, or the host was set up anew. Longshore does not connect.',
  host: 'Host',
  algorithm: 'Kind of key',
  fingerprint: 'Fingerprint',
  shown: 'Shown now',
  trusted: 'Trusted',
  compare: 'On the host itself, this prints the same fingerprint:',
  compareHow:
    'Use its console or another way that you trust, or ask whoever runs it. Do not compare over this connection.',
  whatToDo:
    'Ask whoever runs the host whether its key was changed on purpose. Only then remove the old key from the list of known hosts.',
  trust: 'Trust this key',
}
