export default {
  title: 'Registries',
  add: 'Log in to a registry',
  addBody: 'The registry is asked first. Only a name and password that it takes are kept.',
  host: 'Registry',
  hostHint: 'Docker Hub is docker.io. A port is needed if it is not 443: localhost:5000.',
  hostWrong: 'Give the host only, with its port if it has one: ghcr.io or localhost:5000.',
  username: 'User name',
  password: 'Password or access token',
  tokenHint: 'Many registries take an access token here, which is safer than your password.',
  keptInFile:
    'This system offers no key store, so it will be kept in a file that only you can read. An access token is safer than your password.',
  logIn: 'Log in',
  logOut: 'Log out',
  loggedIn: 'Logged in',
  loggedInTo: 'Logged in to {host}',
  loggedOutOf: 'Logged out of {host}',
  logOutTitle: 'Log out of {host}?',
  logOutOwn: 'The password that Longshore keeps is deleted. Images that were pulled stay.',
  logOutShared:
    'The password is deleted where it is kept, so docker and podman on the command line are logged out too. Images that were pulled stay.',
  tokenOnly: 'Token without a name',
  inHelper: 'docker-credential-{helper}',
  sources: {
    'docker-config': 'Docker’s config.json, readable by whoever reads the file',
    'credential-helper': 'A credential helper',
    'podman-auth': 'Podman’s auth.json, readable by whoever reads the file',
  },
  own: {
    'key-store': 'The system’s key store, by Longshore',
    file: 'A file only you can read, by Longshore',
  },
  note: {
    user: 'Logged in to {host} as {username}.',
    token: 'Logged in to {host} with a token.',
    pull: 'Not logged in to {host}: enough for public images.',
    push: 'Not logged in to {host}. Most registries take a push only after a login.',
  },
  columns: { host: 'Registry', username: 'User', kept: 'Password kept in', state: 'State' },
  empty: {
    title: 'Not logged in to any registry',
    body: 'A registry keeps images for others to pull: Docker Hub, GitHub’s ghcr.io, or one of your own. Public images need no login. Log in to push, and to pull what is private. Logins made with docker or podman on the command line are shown here too.',
  },
} as const
