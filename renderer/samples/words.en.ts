export default {
  start: 'Run sample containers',
  starting: 'Making the samples. They appear in Containers in a moment.',
  show: 'Show progress',
  remove: 'Remove samples',
  removeTitle: 'Remove the sample containers?',
  removeBody:
    'These containers stop and are removed, and so is the sample image. Nothing else is touched.',
  removed:
    'The samples are gone | One sample container is gone | {count} sample containers are gone',
} as const
