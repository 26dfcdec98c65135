/** Fails when the JavaScript that the page loads before it shows anything has grown past its limit. Run after a build. */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const DIST = new URL('../dist/', import.meta.url)
const LIMIT_KB = 250

const page = readFileSync(new URL('index.html', DIST), 'utf8')
const entries = [...page.matchAll(/<(?:script|link)\b[^>]*(?:src|href)="([^"]+\.js)"/g)].map(
  ([, path]) => path,
)
const files = [...withStaticImports(entries)]
const kilobytes = files.reduce((sum, path) => sum + gzipSync(read(path)).length, 0) / 1000

const figures = `${kilobytes.toFixed(1)} kB gzip in ${files.length} file(s), of at most ${LIMIT_KB} kB`
if (files.length === 0) fail('dist/index.html names no script: is the build broken?')
else if (kilobytes > LIMIT_KB)
  fail(
    `The page's initial JavaScript is too large: ${figures}. Load what is not needed at first with import().`,
  )
else console.log(`Initial JavaScript of the page: ${figures}.`)

/** The scripts that the page names, and all that they import before they run. */
function withStaticImports(paths) {
  const found = new Set()
  const waiting = paths.map((path) => path.replace(/^\.\//, ''))
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue
    found.add(path)
    const imports = read(path).matchAll(
      /\b(?:import|export)\b(?:[\w*{}$,\s]*\bfrom)?\s*["'](\.\/[^"']+\.js)["']/g,
    )
    for (const [, target] of imports)
      waiting.push(new URL(target, new URL(path, 'file:///')).pathname.slice(1))
  }
  return found
}

function read(path) {
  return readFileSync(new URL(path, DIST), 'utf8')
}

function fail(message) {
  console.error(message)
  process.exitCode = 1
}
