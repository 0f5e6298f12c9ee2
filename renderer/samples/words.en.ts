export default {
  start: 'Run samples',
}
