import { afterEach, describe, expect, it, vi } from 'vitest'
import { openExternal } from '../../../renderer/openExternal'

afterEach(() => vi.restoreAllMocks())

describe('an address that leads out of the page', () => {
  it('is opened in a tab that knows nothing of the page', async () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null)
    await openExternal('https://example.org/docs')
    expect(open).toHaveBeenCalledWith('https://example.org/docs', '_blank', 'noopener,noreferrer')
  })

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'smb://host',
    '/x',
    '',
  ])('is not opened unless it is http or https: %s', async (url) => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null)
    await expect(openExternal(url)).rejects.toThrow('Only http and https')
    expect(open).not.toHaveBeenCalled()
  })
})
