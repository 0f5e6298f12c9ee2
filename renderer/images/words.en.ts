export default {
  title: 'Images',
}
