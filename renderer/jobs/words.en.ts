export default {
  title: 'Jobs',
  runningCount: 'One job is running | {count} jobs are running',
  runningProgress:
    'One job is running, {percent}% done | {count} jobs are running, {percent}% done',
}
