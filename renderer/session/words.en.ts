export default {
  title: 'Longshore does not know this browser any more',
  why: 'It was not used for long, or Longshore was started anew since. Nothing in the engine has changed by that.',
  how: 'Look at the terminal where Longshore runs, and open the last address it printed, here or in another tab: this page then goes on by itself. Where a token is asked for, try again here.',
  reload: 'Try again',
} as const
