import { defineStore } from 'pinia'
import type { Container } from '../../../preload/contract/containers'
import { openable } from '../../ui/openable'

/** Of which container an image is being made. */
export const useCommitDialog = defineStore('containers-commit', () => {
  const { shown: container, open, openings, show } = openable<Container>()
  return { container, open, openings, show }
})
