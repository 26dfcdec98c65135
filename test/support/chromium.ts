import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'

/** Run WebGPU headless on Chromium's own software adapter, and ask nothing of any other host. */
export const WEBGPU_ARGS = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--enable-unsafe-swiftshader', // software WebGL, for the backend after WebGPU
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

const PACKED_FILES = ['chromium.br', 'swiftshader.tar.br', 'al2023.tar.br', 'fonts.tar.br']

interface Chromium {
  readonly executablePath: string
  readonly env: Record<string, string>
}

/** A Chromium that can do WebGPU: `$CHROMIUM_PATH`, an installed browser, else the one packed in an npm package. */
export function findChromium(): Chromium {
  const executablePath = [process.env.CHROMIUM_PATH, ...INSTALLED].find((path) => path && existsSync(path))
  return executablePath ? { executablePath, env: environment() } : unpackChromium()
}

/** The packed Chromium's folder, which also holds the SwiftShader Vulkan driver. Unpacks it once; Linux x86-64 only. */
export function unpackChromium(): Chromium {
  if (process.platform !== 'linux')
    throw new Error(
      'No Chrome, Chromium or Edge was found. Install one, or set CHROMIUM_PATH to its program.',
    )
  const packed = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../../bin')
  const manifest = JSON.parse(readFileSync(join(packed, '../package.json'), 'utf8')) as { version: string }
  const folder = join(tmpdir(), `chromium-${manifest.version}`)
  if (!existsSync(folder)) unpack(packed, folder)
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      ...environment(),
      LD_LIBRARY_PATH: [folder, join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_PATH: folder,
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'),
    },
  }
}

/** Unpacks beside the final place and renames, so that a second process never sees half a browser. */
function unpack(packed: string, folder: string): void {
  const partial = `${folder}.${process.pid}`
  mkdirSync(partial, { recursive: true })
  for (const file of PACKED_FILES) {
    const unpacked = join(partial, file.slice(0, -'.br'.length))
    writeFileSync(unpacked, brotliDecompressSync(readFileSync(join(packed, file))))
    if (!unpacked.endsWith('.tar')) continue
    execFileSync('tar', ['xf', unpacked, '-C', partial])
    rmSync(unpacked)
  }
  writeFileSync(join(partial, 'fonts.conf'), fontsConfig(folder))
  chmodSync(join(partial, 'chromium'), 0o755)
  try {
    renameSync(partial, folder)
  } catch (error) {
    rmSync(partial, { recursive: true })
    if (!existsSync(folder)) throw error
  }
}

/** The packed configuration points at folders of another machine, and Chromium stops when it finds no font. */
function fontsConfig(folder: string): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/fc-cache</cachedir></fontconfig>`
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}
