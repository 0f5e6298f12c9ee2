import { SearchAddon } from '@xterm/addon-search'
import { Terminal } from '@xterm/xterm'
import { defineComponent, nextTick } from 'vue'
import { describe, expect, it } from 'vitest'
import { useTerminalSearch } from '../../../renderer/terminals/useTerminalSearch'
import { mountPage } from './mountPage'

// styles.css is not here.
for (const colour of ['warning', 'accent']) {
  document.documentElement.style.setProperty(`--${colour}`, 'rgb(200, 100, 0)')
}

/** A search of a terminal that shows this text. */
async function searchOf(text: string) {
  const xterm = new Terminal({ allowProposedApi: true })
  const addon = new SearchAddon()
  xterm.loadAddon(addon)
  const host = document.createElement('div')
  document.body.append(host)
  xterm.open(host)
  await new Promise<void>((written) => xterm.write(text, written))
  let search: ReturnType<typeof useTerminalSearch> | undefined
  const component = defineComponent(() => {
    search = useTerminalSearch(xterm, addon)
    return () => null
  })
  const page = await mountPage(component)
  if (!search) throw new Error('The component was not mounted.')
  return { search, page, xterm }
}

describe('the search of a terminal', () => {
  it('says what is no regular expression, as most are while they are typed, and finds once it is one', async () => {
    const { search, page, xterm } = await searchOf('one two')
    search.options.regex = true
    search.term.value = '(tw'
    await nextTick()
    search.step(1)
    expect(search.wrong.value).toBe(true)
    expect(xterm.getSelection()).toBe('')
    search.term.value = '(tw.)'
    await nextTick()
    expect(search.wrong.value).toBe(false)
    expect(xterm.getSelection()).toBe('two')
    page.unmount()
  })

  it('takes any text as it is where no regular expression is meant', async () => {
    const { search, page, xterm } = await searchOf('f(x)')
    search.term.value = '(x'
    await nextTick()
    expect(search.wrong.value).toBe(false)
    expect(xterm.getSelection()).toBe('(x')
    page.unmount()
  })
})
