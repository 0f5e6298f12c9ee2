export default {
  loading: 'Loading…',
  unreachable: {
    title: 'This could not be loaded',
    body: 'Longshore itself does not answer. If it was stopped, start it again.',
    action: 'Try again',
  },
  outdated: {
    title: 'Longshore was updated',
    body: 'This page is of the version before. Load it anew to go on; nothing in the engine changes by that.',
    action: 'Load the page anew',
  },
} as const
