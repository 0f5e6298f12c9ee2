export default {
  title: 'All engines',
  engine: 'Engine',
  group: 'By engine',
  only: 'Show only those of {name}',
  running: '{running} of {all} running',
  images: 'no images | 1 image | {count} images',
  old: '{state}, {age} old',
  waiting: 'Waiting for the first engine to answer…',
  empty: {
    title: 'No containers on any engine',
    body: 'Choose one engine to create a container there. Those of all engines stand here together.',
  },
} as const
