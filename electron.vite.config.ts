import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
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
    plugins: [vue(), tailwindcss(), strictXterm(at('renderer/terminals/cssomStyles.ts'))],
    build: {
      outDir: 'out/renderer',
      // electron-vite leaves it off; in browser mode the page travels.
      minify: true,
      rolldownOptions: { input: at('renderer/index.html') },
    },
  },
})
