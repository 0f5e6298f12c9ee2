import { sessionKeyName } from '../../preload/contract/session'

/**
 * A page of plain words, as HTML. Its texts are ours; nothing of a request goes into it. Its icon
 * is empty: the browser would ask for /favicon.ico, which is not there.
 */
function plainPage(title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
${head}</head>
<body>
<h1>${title}</h1>
${body}
</body>
</html>
`
}

/**
 * The answer to a right token: hands over the page's key and goes on to the app. A page rather than
 * a redirect, since a redirect belongs to whoever began the navigation: after a click on the
 * address in another site (a terminal in a web page), the browser would follow it without the
 * SameSite=Strict cookie. This page's own navigation carries it.
 */
export function welcomePage(key: string): string {
  return plainPage(
    'Longshore',
    '<p>Opening Longshore …</p>',
    `<meta name="${sessionKeyName}" content="${key}">
<script src="${welcomeScriptPath}" defer></script>
`,
  )
}

export const welcomeScriptPath = '/welcome.js'

/** Keeps the key where only pages of this origin can read it, then opens the app. */
export const welcomeScript = `const { content } = document.querySelector('meta[name="${sessionKeyName}"]')
localStorage.setItem('${sessionKeyName}', content)
location.replace('/')
`

export const wrongTokenPage = plainPage(
  'This address has been used',
  `<p>Each address that Longshore prints opens it once, in one browser.</p>
<p>Look at the terminal where Longshore runs: the last address it printed is the one that works.</p>`,
)

export const tooManyTokensPage = plainPage(
  'Too many wrong addresses',
  `<p>Wait a minute, then open the last address that Longshore printed in its terminal.</p>`,
)

export const noSessionPage = plainPage(
  'Longshore does not know this browser',
  `<p>Look at the terminal where Longshore runs, and open the last address it printed.</p>
<p>A browser that nobody used for long, and one from before Longshore was started anew, is let in so again.</p>`,
)

export const enterPath = '/enter'
export const enterScriptPath = '/enter.js'

/** Asks for the token of the file, where Longshore is opened from afar. */
export const enterPage = plainPage(
  'Longshore',
  `<form>
<p><label for="token">The token of the file that Longshore was started with</label></p>
<p><input id="token" type="password" autocomplete="current-password" required autofocus>
<button>Open</button></p>
<p role="status"></p>
</form>`,
  `<script src="${enterScriptPath}" defer></script>
`,
)

/** Posts the token: in an address it would stay in the browser's history. */
export const enterScript = `const answers = {
  403: 'This is not the token.',
  429: 'There were too many wrong tokens. Wait a minute, then try again.',
}
const said = document.querySelector('[role=status]')
document.querySelector('form').addEventListener('submit', async (event) => {
  event.preventDefault()
  said.textContent = 'Opening …'
  try {
    const body = document.querySelector('#token').value
    const answer = await fetch('${enterPath}', { method: 'POST', body })
    if (!answer.ok) {
      said.textContent = answers[answer.status] ?? 'Longshore refused.'
      return
    }
    localStorage.setItem('${sessionKeyName}', await answer.text())
    location.reload()
  } catch {
    said.textContent = 'Longshore does not answer.'
  }
})
`

/** @param hosts What it answers to. */
export function wrongHostText(hosts: readonly string[]): string {
  return `Longshore answers to these names only, with the port it listens on: ${hosts.join(', ')}
Through an SSH tunnel, use the same port on both sides: ssh -L <port>:127.0.0.1:<port> <host>
`
}
