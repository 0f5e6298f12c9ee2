export default {
  cpu: 'CPU',
  memory: 'Memory',
  last15: 'The last 15 minutes',
  now: 'Now',
  average: 'Average',
  peak: 'Peak',
  limit: 'Limit',
  none: '–',
  summary:
    '{name} over the last 15 minutes: now {now}, average {average}, peak {peak}, limit {limit}.',
  noLimit: 'none',
  nothing: 'Nothing was measured yet: a container has figures while it runs.',
} as const
