import { build } from 'vite'

/**
 * Makes runnable files of programs: `name.mjs` for each.
 *
 * @param folder Emptied first; below the project, so that they find its packages.
 * @param entries The programs' sources by name.
 */
export async function buildPrograms(
  folder: string,
  entries: Readonly<Record<string, string>>,
): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { input: { ...entries }, output: { entryFileNames: '[name].mjs' } },
    },
  })
}
