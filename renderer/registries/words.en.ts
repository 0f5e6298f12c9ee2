export default {
  title: 'Registries',
}
