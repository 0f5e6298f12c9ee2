import type { Component } from 'vue'

export interface MenuItem {
  id: string
  label: string
  icon?: Component
  danger?: boolean
  disabled?: boolean
  separatorBefore?: boolean
  run: () => unknown
}

/** The look shared by dropdown and context menus. */
export const menuContentClass =
  'z-50 max-h-(--reka-popper-available-height) min-w-44 overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-raised outline-none'
export const menuItemClass =
  'flex h-7 items-center gap-2 rounded px-2 outline-none data-disabled:opacity-40 data-highlighted:bg-accent data-highlighted:text-on-accent'
export const dangerItemClass = 'text-bad data-highlighted:bg-bad data-highlighted:text-on-bad'
