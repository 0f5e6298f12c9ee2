import { defineStore } from 'pinia'
import { openable } from '../ui/openable'

/** The guide for those who are new: whether it is open. */
export const useGuide = defineStore('guide', () => openable<true>())
