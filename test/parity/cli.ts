/** npm run parity -- [DIR] [--backend cpu|wasm|webgpu]: is this the algorithm that the reference runs? */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { NODE_BACKENDS, useBackend, type NodeBackend } from '../support/nodeBackend.ts'
import { CASE_NAMES, readCase } from './cases.ts'
import { GROUPS, type Comparison } from './compare.ts'
import { runCase } from './runCase.ts'

const DEFAULT_FOLDER = 'test/parity/golden'
const DEFAULT_BACKENDS: readonly NodeBackend[] = ['webgpu', 'cpu']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { backend: { type: 'string' } },
})
const folder = positionals[0] ?? DEFAULT_FOLDER
const cases = CASE_NAMES.filter((name) => existsSync(join(folder, `${name}.json`)))
if (cases.length === 0) fail(`${folder} holds none of the golden cases ${CASE_NAMES.join(', ')}.`)

let failed = 0
console.log(`Worst relative error of ${GROUPS.join(' · ')}`)
for (const backend of backends(values.backend)) {
  await useBackend(backend)
  for (const name of cases) {
    const comparison = await runCase(readCase(folder, name))
    if (!comparison.passed) failed += 1
    report(backend, name, comparison)
  }
}
process.exit(failed === 0 ? 0 : 1)

function backends(asked: string | undefined): readonly NodeBackend[] {
  if (asked === undefined) return DEFAULT_BACKENDS
  const backend = NODE_BACKENDS.find((name) => name === asked)
  return backend ? [backend] : fail(`--backend ${asked}: choose one of ${NODE_BACKENDS.join(', ')}.`)
}

function report(backend: string, name: string, comparison: Comparison): void {
  const errors = GROUPS.map((group) => comparison.worst.get(group)?.relative.toExponential(1) ?? 'missing')
  const verdict = comparison.passed ? 'ok  ' : 'FAIL'
  console.log(
    `${verdict} ${backend.padEnd(6)} ${name.padEnd(12)} ${errors.join(' · ')}  (${comparison.compared} compared)`,
  )
  if (comparison.missing.length > 0) console.log(`       not compared: ${comparison.missing.join(', ')}`)
  for (const [group, worst] of comparison.worst)
    if (worst.ofTolerance > 1)
      console.log(
        `       ${group}: ${worst.tensor} is ${worst.ofTolerance.toFixed(1)} times the tolerance off`,
      )
}

function fail(message: string): never {
  console.error(message)
  process.exit(2)
}
