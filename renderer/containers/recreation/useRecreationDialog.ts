import { defineStore } from 'pinia'
import { containerDialog } from '../containerDialog'

/** Which container is to be made again. */
export const useRecreationDialog = defineStore('containers-recreation', containerDialog)
