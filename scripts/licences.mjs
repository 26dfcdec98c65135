/**
 * Writes dist/licences.md: every package that may be part of the page, with its licence. Fails where one has a licence
 * that the page's own does not go with. Run after a build.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const ROOT = new URL('../', import.meta.url)
const ALLOWED = ['MIT', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD']

const { packages } = JSON.parse(readFileSync(new URL('package-lock.json', ROOT), 'utf8'))
const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev)

const refused = shipped.filter(
  ([, { license = 'none' }]) => !license.split(' AND ').every((each) => ALLOWED.includes(each)),
)
if (refused.length > 0) {
  const named = refused.map(([path, { license }]) => `${nameOf(path)} (${license ?? 'none'})`)
  console.error(`Only packages under ${ALLOWED.join(', ')} may be shipped: ${named.join(', ')}.`)
  process.exit(1)
}

/** Packages by the text of their licence: many share one. */
const byText = new Map()
for (const [path, { version, license }] of shipped) {
  const text = textOf(path) ?? `${license}; the package brings no text of it.`
  const name = `${nameOf(path)} ${version} (${license})`
  byText.set(text, (byText.get(text) ?? new Set()).add(name))
}
const sections = [...byText].map(([text, names]) => `## ${[...names].sort().join(', ')}\n\n${text}\n`)
const intro = 'The page is made of these packages, each under its own licence.\n'
writeFileSync(new URL('dist/licences.md', ROOT), ['# Licences\n', intro, ...sections.sort()].join('\n'))
console.log(`Licences of ${shipped.length} packages: dist/licences.md.`)

function nameOf(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/** Undefined where the package has none, or was not installed here because it is for another system. */
function textOf(path) {
  const folder = new URL(`${path}/`, ROOT)
  try {
    const file = readdirSync(folder).find((name) => /^licen[cs]e(\.|-|$)/i.test(name))
    return file && readFileSync(new URL(file, folder), 'utf8').trim()
  } catch {
    return undefined
  }
}
