// Bundles a TypeScript entry point and runs it in Node: node scripts/run.mjs ENTRY.ts [arguments…]
// Where no Vulkan driver is named, WebGPU (Dawn) runs on the software adapter packed with the test browser.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/** What CommonJS packages expect to find, in a module. */
const NODE_GLOBALS = `
import { createRequire as requireFrom } from 'node:module'
const require = requireFrom(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename`

/** Vite makes an address of what is imported with `?url`; Node finds files by their paths. */
const urlsAsPaths = {
  name: 'urls-as-paths',
  setup(build) {
    build.onResolve({ filter: /\?url$/ }, async ({ path, ...from }) => {
      const { path: found } = await build.resolve(path.replace(/\?url$/, ''), {
        ...from,
        pluginData: undefined,
      })
      return { path: found, namespace: 'url' }
    })
    build.onLoad({ filter: /.*/, namespace: 'url' }, ({ path }) => ({ contents: path, loader: 'text' }))
  },
}

const [entry, ...args] = process.argv.slice(2)
if (entry === undefined) {
  console.error('usage: node scripts/run.mjs ENTRY.ts [arguments…]')
  process.exit(2)
}
const { status } = spawnSync(process.execPath, [await bundle(entry), ...args], {
  stdio: 'inherit',
  env: { ...process.env, ...(await vulkanDriver()) },
})
process.exit(status ?? 1)

/** tfjs ships ES modules under a CommonJS package type, which Node cannot load as they are. */
async function bundle(file) {
  const folder = join('node_modules', '.cache', 'run')
  mkdirSync(folder, { recursive: true })
  const outfile = join(folder, `${file.replace(/\.ts$/, '').replace(/\W+/g, '-')}.mjs`)
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: ['webgpu', 'playwright', 'vite'],
    logLevel: 'warning',
    banner: { js: NODE_GLOBALS },
    plugins: [urlsAsPaths],
  })
  return outfile
}

async function vulkanDriver() {
  const named = process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES
  if (process.platform !== 'linux' || named !== undefined) return {}
  const { unpackChromium } = await import(pathToFileURL(await bundle('test/support/chromium.ts')).href)
  const { LD_LIBRARY_PATH, VK_ICD_FILENAMES } = unpackChromium().env
  return { LD_LIBRARY_PATH, VK_ICD_FILENAMES }
}
