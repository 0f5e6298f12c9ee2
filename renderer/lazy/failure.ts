/** Why a part could not be loaded: nobody answers, or there is another version of the app by now. */
export type LoadFailure = 'unreachable' | 'outdated'

const askMillis = 5_000

/**
 * Names of files change with their content, so a page that was opened before an update asks for files that are
 * gone. The page's first file tells: it would name another script now.
 */
export async function whyNotLoaded(): Promise<LoadFailure> {
  const script = document.querySelector('script[type="module"][src]')?.getAttribute('src')
  if (!script) return 'unreachable'
  try {
    const signal = AbortSignal.timeout(askMillis)
    const answer = await fetch(location.pathname, { cache: 'no-store', signal })
    return answer.ok && !(await answer.text()).includes(script) ? 'outdated' : 'unreachable'
  } catch {
    return 'unreachable'
  }
}
