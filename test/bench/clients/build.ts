import { join } from 'node:path'
import { build } from 'vite'

const programs = ['app', 'idle', 'polling', 'preads', 'sampler', 'streams'] as const
export type Program = (typeof programs)[number]

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
        input: Object.fromEntries(
          programs.map((name) => [name, join(import.meta.dirname, `${name}.ts`)]),
        ),
        output: { entryFileNames: '[name].mjs' },
      },
    },
  })
}
