export default {
  action: 'Make an image of it…',
  title: 'Make an image of {name}',
  body: 'A commit puts the container as it is now into a new image, which others can be run from.',
  contents: 'What the image holds',
  holds: {
    files:
      'In it: its image’s files, with all that was written, changed and removed in the container.',
    settings:
      'In it: its command and environment. Passwords in them can be read by everybody who gets the image.',
  },
  leaves: {
    volumes: 'Not in it: what is in volumes and mounted folders; it has none now.',
    mounts: 'Not in it: what is in volumes and mounted folders: {mounts}.',
    processes:
      'Not in it: running programs and their memory. A new container starts from the beginning.',
  },
  reference: 'Name of the new image',
  moves: 'An image has this name already. It loses the name to the new one, and stays without it.',
  message: 'Message',
  author: 'Author',
  pause: 'Pause it meanwhile',
  pauseHint: 'Its programs stand still while its files are read, so that the files fit each other.',
  commandHint: 'Empty: the container’s own. For pipes and variables: sh -c "…"',
  start: 'Make the image',
  cancel: 'Cancel the commit',
  again: 'Try again',
} as const
