import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { chunkOf } from './build/firstLoad'
import { strictXterm } from './build/strictXterm'

const at = (path: string) => resolve(import.meta.dirname, path)

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        // `engine` is what build/start.mjs runs before the app: it finds or installs an engine.
        input: {
          index: at('main/index.ts'),
          serve: at('main/serve.ts'),
          engine: at('main/engines/ensure.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload must be one CommonJS file.
      externalizeDeps: false,
      rolldownOptions: {
        input: at('preload/index.ts'),
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    // What these libraries have and the app does not use.
    define: {
      __VUE_OPTIONS_API__: false,
      __VUE_I18N_LEGACY_API__: false,
      __VUE_I18N_FULL_INSTALL__: false,
    },
    plugins: [vue(), tailwindcss(), strictXterm(at('renderer/terminals/cssomStyles.ts'))],
    build: {
      outDir: 'out/renderer',
      // electron-vite leaves it off; in browser mode the page travels.
      minify: true,
      // One sheet, with the page: a sheet of a lazily loaded part that was dropped would not be asked for again.
      cssCodeSplit: false,
      rolldownOptions: {
        input: at('renderer/index.html'),
        output: {
          codeSplitting: {
            groups: [
              { ...chunkOf('begin', at('renderer/main.ts')), priority: 1 },
              chunkOf('first', at('renderer/start.ts')),
            ],
          },
        },
      },
    },
  },
})
