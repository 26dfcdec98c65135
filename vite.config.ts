import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { findChromium, WEBGPU_ARGS } from './test/support/chromium.ts'

/** Bundled up front, so that the first test does not reload the page when it meets them. */
const PREBUNDLED = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-core/dist/register_all_gradients',
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-backend-webgl',
  '@tensorflow/tfjs-backend-webgpu',
  'comlink',
  'htmlparser2',
  'idb',
  'image-size',
  'umap-js',
  'zod',
]

/**
 * What the built page may do: run and load its own files, and nothing else. Samples that a person drops are read as blobs;
 * WebAssembly needs a word of its own. Styles are set by the page's own scripts, which count as inline.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build', // the development server writes scripts into the page
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
      injectTo: 'head-prepend',
    },
  ],
}

export default defineConfig(({ mode }) => ({
  base: './', // the build runs from any folder of any static host
  plugins: [react(), tailwindcss(), contentSecurityPolicy],
  worker: { format: 'es' },
  optimizeDeps: { include: PREBUNDLED },
  build: { target: 'es2023', chunkSizeWarningLimit: 1500 },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000, // of seconds of training, on a machine that others may share
          setupFiles: ['test/support/cpuBackend.ts'],
          isolate: false, // tfjs is a thousand modules: load it once
          // tfjs ships ES modules under a CommonJS package type; Vite has to read them.
          server: { deps: { inline: [/@tensorflow/] } },
        },
      },
      {
        extends: true,
        test: {
          name: 'gpu',
          include: ['test/gpu/**/*.test.ts'],
          isolate: false,
          fileParallelism: false,
          testTimeout: 120_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: mode === 'test' ? launchOptions() : {} }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
}))

function launchOptions() {
  const { executablePath, env } = findChromium()
  return { executablePath, env, args: WEBGPU_ARGS }
}
