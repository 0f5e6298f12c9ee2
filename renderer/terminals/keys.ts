/** What a key means while the terminal has the focus. */
export type KeyMeaning = 'copy' | 'paste' | 'search' | 'leave' | 'page' | 'program'

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/**
 * Nearly every key goes to the program. Ours are combinations that programs do not use: Ctrl+Shift with a
 * letter, Ctrl+F6 out of the terminal, Ctrl with a digit for the pages, and all of Cmd on a Mac.
 */
export function meaningOf({ key, code, ctrlKey, metaKey, shiftKey, altKey }: Key): KeyMeaning {
  if (altKey) return 'program'
  if (metaKey) return ofCommand(code)
  if (shiftKey && !ctrlKey && key === 'Insert') return 'paste'
  if (!ctrlKey) return 'program'
  if (key === 'F6') return 'leave'
  if (!shiftKey) return /^Digit[1-9]$/.test(code) ? 'page' : 'program'
  return ofControlShift(code)
}

function ofControlShift(code: string): KeyMeaning {
  if (code === 'KeyC') return 'copy'
  if (code === 'KeyV') return 'paste'
  if (code === 'KeyF') return 'search'
  return code === 'KeyK' ? 'page' : 'program'
}

function ofCommand(code: string): KeyMeaning {
  if (code === 'KeyC') return 'copy'
  if (code === 'KeyV') return 'paste'
  return code === 'KeyF' ? 'search' : 'page'
}
