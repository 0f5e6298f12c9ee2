export default {
  cpu: 'CPU',
  memory: 'Memory',
  span: 'The last {span}',
  now: 'Now',
  average: 'Average',
  peak: 'Peak',
  limit: 'Limit',
  none: '–',
  summary: '{name}: now {now}, average {average}, peak {peak}, limit {limit}.',
  noLimit: 'none',
  nothing: 'Nothing was measured yet: a container has figures while it runs.',
} as const
