import type { Locator, Page } from 'playwright-core'

/** The row of a table in which a text stands. */
export function rowOf(page: Page, text: string): Locator {
  return page.getByRole('grid').getByRole('row').filter({ hasText: text })
}

/** Picks an action from the menu of a row. */
export async function act(page: Page, row: Locator, action: string | RegExp): Promise<void> {
  await row.getByRole('button', { name: /^More/ }).click()
  await page.getByRole('menuitem', { name: action }).click()
}

/** A container's state as the list tells it. */
export function stateOf(page: Page, name: string, state: string | RegExp): Locator {
  return rowOf(page, name).getByRole('gridcell').getByText(state)
}
