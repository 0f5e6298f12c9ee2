import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Tests on the real engines of test/bed. They share those, so one file runs at a time. */
function onTheBed(name: string, timeoutMillis: number, { kind = 'test', folders = [name] } = {}) {
  return {
    test: {
      name,
      include: folders.map((folder) => `test/${folder}/**/*.${kind}.ts`),
      globalSetup: 'test/bed/globalSetup.ts',
      fileParallelism: false,
      testTimeout: timeoutMillis,
      hookTimeout: timeoutMillis,
    },
  }
}

/** Some build, package or start a process, on machines that do other work beside. */
const UNIT_TIMEOUT_MILLIS = 20_000

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          exclude: ['test/unit/renderer/**'],
          testTimeout: UNIT_TIMEOUT_MILLIS,
        },
      },
      {
        plugins: [vue()],
        test: {
          name: 'unit-renderer',
          include: ['test/unit/renderer/**/*.test.ts'],
          environment: 'happy-dom',
          testTimeout: UNIT_TIMEOUT_MILLIS,
        },
      },
      onTheBed('integration', 60_000),
      onTheBed('faults', 120_000),
      // It says itself how long it runs.
      onTheBed('soak', 120_000),
      onTheBed('e2e', 120_000, { folders: ['e2e', 'electron'] }),
      onTheBed('bench', 600_000, { kind: 'bench' }),
    ],
  },
})
