export default {
  title: 'Engines',
  none: {
    title: 'No container engine found',
    body: 'A container engine is the program that keeps images and runs containers: Docker or Podman. Longshore shows one, and works without any change as soon as one answers.',
    searching: 'Looking for a container engine…',
    searchAgain: 'Search again',
    tried: 'What was tried',
    triedBody: 'Each place where an engine is usually found, and why it gave none.',
    install: 'Install one',
    installBody: 'Podman is the smaller one and needs no service that runs as root.',
  },
  systems: {
    debian: 'Debian, Ubuntu',
    fedora: 'Fedora, RHEL',
    arch: 'Arch',
    mac: 'macOS',
    windows: 'Windows',
  },
}
