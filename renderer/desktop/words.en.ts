export default {
  notHere: '{name} is not on the engine that is shown.',
  badLink: 'This link to Longshore leads nowhere.',
  badLinkHint:
    'Links show containers, images and engines, or fill in a pull: longshore://containers/web',
  diagnostics: {
    copy: 'Copy diagnostics',
    openFolder: 'Open the log folder',
    copied: 'The diagnostics are on the clipboard.',
    copiedHint: 'Secrets are masked; read it over before you hand it on.',
    about:
      'Versions, engines, settings and the end of the log, for a report: without passwords, addresses and what you typed.',
  },
  open: {
    terminal: "Open in the system's terminal",
    editor: 'Open a copy in an editor…',
    folder: 'Show in folder',
  },
  drop: {
    here: 'Drop to load this archive',
    noArchive: '{name} is no archive that Longshore loads: .tar, .tar.gz or .tgz.',
  },
  notNow: 'This cannot be done now: no engine is connected, or nothing is chosen.',
} as const
