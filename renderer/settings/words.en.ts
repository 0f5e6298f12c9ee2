export default {
  title: 'Settings',
  theme: 'Appearance',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  about: 'About Longshore',
  version: 'Version',
  mode: 'Runs as',
  modes: {
    electron: 'Desktop app',
    browser: 'Browser mode: a server on this machine, reachable from this machine only',
  },
  platform: 'System',
} as const
