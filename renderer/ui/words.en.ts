export default {
  cancel: 'Cancel',
  clearSearch: 'Clear the search',
  close: 'Close',
  closePanel: 'Close the panel',
  copied: 'Copied',
  copy: 'Copy',
  dismiss: 'Dismiss',
  engineSaid: 'What the engine said',
  messages: 'Messages',
  resizePanel: 'Width of the panel',
  table: {
    collapse: 'Collapse {name}',
    expand: 'Expand {name}',
    selectAll: 'Select all',
    selectGroup: 'Select all of {name}',
    selectRow: 'Select row',
  },
} as const
