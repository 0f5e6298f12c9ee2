import { joinShellWords } from '../../../preload/contract/shellWords'

/** A request for devices that a runtime's own driver hands out, as the Engine API takes it. */
export interface DeviceRequest {
  Driver: string
  Count?: number
  DeviceIDs?: string[]
  Capabilities?: string[][]
}

/** How an engine takes the settings of a new container. */
export interface CreationDialect {
  /** A health check's test, which is `['NONE']`, `['CMD-SHELL', line]` or `['CMD', …words]`. */
  healthTest(test: string[]): string[]
  /** `all`, a number of them, or their ids. */
  gpus(wanted: 'all' | number | string[]): DeviceRequest
}

export const dockerCreation: CreationDialect = {
  healthTest: (test) => test,
  gpus: (wanted) => ({
    Driver: '',
    ...(Array.isArray(wanted) ? { DeviceIDs: wanted } : { Count: wanted === 'all' ? -1 : wanted }),
    Capabilities: [['gpu']],
  }),
}

export const podmanCreation: CreationDialect = {
  // Podman 4 and 5 join the words of a test with spaces and split the text at them.
  healthTest([kind = '', ...words]) {
    const isSplit = kind === 'CMD' && words.some((word) => /^$|\s/.test(word))
    return isSplit ? ['CMD-SHELL', joinShellWords(words)] : [kind, ...words]
  },
  // By the names of the Container Device Interface, which Podman has GPUs by.
  gpus: (wanted) => ({
    Driver: 'cdi',
    DeviceIDs: gpuIds(wanted).map((id) => `nvidia.com/gpu=${id}`),
  }),
}

function gpuIds(wanted: 'all' | number | string[]): string[] {
  if (wanted === 'all') return ['all']
  if (typeof wanted === 'number')
    return Array.from({ length: wanted }, (_none, index) => String(index))
  return wanted
}
