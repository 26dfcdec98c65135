import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import type { Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
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

/**
 * Once loaded, the page works without a network and can be installed: all of it, the samples too, is kept by a service
 * worker. A new version takes over when no tab shows the old one any more, so that no run meets files of another version.
 */
const offline = VitePWA({
  injectRegister: 'script-defer', // an inline script would be against the policy
  includeAssets: [],
  workbox: {
    globPatterns: ['**/*.{html,js,css,wasm,svg,png,json,webp,opus,webmanifest}'],
    maximumFileSizeToCacheInBytes: 8e6,
    cleanupOutdatedCaches: true,
    navigateFallback: null, // there is one page; whatever else is opened, such as the licences, is itself
  },
  manifest: {
    name: 'data2vec playground',
    short_name: 'data2vec',
    description:
      'Train data2vec on your own images, sounds and texts in the browser, on your GPU, and watch how it learns.',
    display: 'standalone',
    start_url: './',
    scope: './',
    background_color: '#ffffff',
    theme_color: '#ffffff',
    icons: [
      { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
      { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  },
})

export default defineConfig(({ mode }) => ({
  base: './', // the build runs from any folder of any static host
  plugins: [react(), tailwindcss(), contentSecurityPolicy, offline],
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
