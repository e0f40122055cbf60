import { defineConfig } from 'vite'

export default defineConfig({
  // The gateway's Content-Security-Policy knows no data: addresses.
  build: { outDir: 'dist', assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: 'es2023' },
  server: { proxy: { '/v1': 'http://127.0.0.1:8420' } },
})
