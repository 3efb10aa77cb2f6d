import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Where `npm run dev` finds a server.
const server = process.env['SERAI_URL'] ?? 'http://127.0.0.1:8183';

export default defineConfig({
  plugins: [react()],
  // The server refuses what comes from a page of another host or port.
  server: {
    proxy: {
      '/api': { target: server, changeOrigin: false },
      '/jolokia': { target: server, changeOrigin: false },
    },
  },
  // The content security policy has no place for files inside others.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 700 },
  test: {
    environment: 'jsdom',
    testTimeout: 120_000,
    setupFiles: ['test/setup.ts'],
    css: false,
    server: { deps: { inline: [/@patternfly/] } },
  },
});
