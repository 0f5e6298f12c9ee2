export default {
  title: 'Settings',
  theme: 'Appearance',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  language: 'Language',
  languages: { system: 'As the system', en: 'English', de: 'Deutsch' },
  desktop: {
    title: 'Desktop',
    closeToTray: 'Closing the window leaves Longshore in the tray',
    startAtLogin: 'Start with your session, without a window',
  },
  about: 'About Longshore',
  version: 'Version',
  mode: 'Runs as',
  modes: {
    electron: 'Desktop app',
    browser: 'Browser mode: a server on this machine, reachable from this machine only',
  },
  platform: 'System',
  checkForUpdates: 'Get newer releases by itself',
  checkForUpdatesHint: 'Looks once a day, and installs what it got when you quit.',
} as const
