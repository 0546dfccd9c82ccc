import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{engine,protocol,runner,server}/src/**/*.test.ts',
            'client/**/*.test.{ts,tsx}',
            'test/*.test.ts',
            'test/conformance/*.test.ts',
          ],
          testTimeout: 20_000,
        },
      },
      { test: { name: 'cli', include: ['test/cli/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'lsp', include: ['test/lsp/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          isolate: false, // files share a window
        },
      },
    ],
  },
})
