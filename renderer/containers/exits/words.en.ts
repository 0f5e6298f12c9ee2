export default {
  action: 'Tell me when it ends',
  waiting: 'You will be told when {name} ends, and how.',
  stopWaiting: 'Never mind',
  loop: {
    badge: 'restart loop',
    badgeTitle: 'The engine has restarted it {restarts} times: it ends again each time',
    title: 'Restart loop',
    going:
      'It ends soon after each start, and its engine starts it again by its restart policy: {count} time so far. | It ends soon after each start, and its engine starts it again by its restart policy: {count} times so far.',
    gaveUp:
      'The engine has restarted it {count} time, as often as its restart policy allows, and gave up. | The engine has restarted it {count} times, as often as its restart policy allows, and gave up.',
    lastLines: 'The last lines of its log',
    noLines: 'It wrote nothing to its log.',
    reading: 'Reading the log…',
    stop: 'Stop it',
    policy: 'Change the restart policy…',
    edit: 'Edit its settings…',
    logs: 'Whole log',
  },
} as const
