import { join } from 'node:path'
import { build } from 'vite'

/** Makes runnable files of the clients, below the project so that they find its packages. */
export async function buildClients(folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: {
        input: {
          sampler: join(import.meta.dirname, 'sampler.ts'),
          streams: join(import.meta.dirname, 'streams.ts'),
        },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  })
}
