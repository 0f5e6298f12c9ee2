import { isApple } from '../shell/usePageKeys'

/** The keys that are ours while the terminal has the focus, as this system writes them; see keys.ts. */
export const shortcuts = isApple
  ? { copy: '⌘C', paste: '⌘V', search: '⌘F', leave: '⌃F6', palette: '⌘K', pages: '⌘1 … ⌘9' }
  : {
      copy: 'Ctrl+Shift+C',
      paste: 'Ctrl+Shift+V',
      search: 'Ctrl+Shift+F',
      leave: 'Ctrl+F6',
      palette: 'Ctrl+Shift+K',
      pages: 'Ctrl+1 … Ctrl+9',
    }
