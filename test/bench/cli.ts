/**
 * npm run bench -- [--cases narrow,image-tiny] [--subjects engine,tfjs,jax] [--rounds 15] [--seconds 60]
 *   [--kernels CASE] [--no-growth] [--json]: how fast is a step, and beside whose?
 * Growth, with --no-growth left out, is that of a step's time with its sizes, and that of memory with steps.
 */
import { fork } from 'node:child_process'
import { parseArgs } from 'node:util'
import { offerWebGPU } from '../support/nodeBackend.ts'
import { CASES } from './cases.ts'
import { countGPU } from './counters.ts'
import { SUBJECTS, type Case, type Growth, type Report, type SubjectName } from './report.ts'
import { formatBreakdown, formatReport } from './table.ts'
import type { KernelTime } from '../../src/engine/benchmark/breakdown.ts'

/** Audio and text are measured when they are asked for. */
const USUAL_CASES = 'narrow,wide,image-tiny,image-small,image-base'

const { values: options } = parseArgs({
  options: {
    cases: { type: 'string', default: USUAL_CASES },
    subjects: { type: 'string', default: SUBJECTS.join() },
    rounds: { type: 'string', default: '15' },
    seconds: { type: 'string', default: '60' },
    kernels: { type: 'string' },
    'no-growth': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    part: { type: 'string' },
  },
})

/** What one process measures; each has a GPU device and memory of its own. */
type Part =
  | { readonly kind: 'case'; readonly name: string }
  | { readonly kind: 'growth' | 'memory' }
  | { readonly kind: 'kernels'; readonly name: string }

if (options.part === undefined) await measureAll()
else await measurePart(JSON.parse(options.part) as Part)

async function measureAll(): Promise<void> {
  const names = choose('cases', options.cases, Object.keys(CASES))
  choose('subjects', options.subjects, SUBJECTS)
  if (options.kernels !== undefined) {
    const [name] = choose('kernels', options.kernels, Object.keys(CASES))
    const kernels = (await inChild({ kind: 'kernels', name })) as readonly KernelTime[] | null
    console.log(kernels ? formatBreakdown(kernels) : 'This adapter has no time stamps.')
    return
  }
  const cases: Case[] = []
  let adapter = ''
  for (const name of names) {
    const found = (await inChild({ kind: 'case', name })) as { adapter: string; measured: Case }
    adapter = found.adapter
    cases.push(found.measured)
    if (names.length > 1)
      console.error(formatReport({ adapter, date: new Date().toISOString(), cases: [found.measured] }))
  }
  const growth = options['no-growth'] ? undefined : ((await inChild({ kind: 'growth' })) as Growth)
  const memory = options['no-growth'] ? undefined : ((await inChild({ kind: 'memory' })) as number)
  const report: Report = {
    adapter,
    date: new Date().toISOString(),
    cases,
    ...(growth && { growth }),
    ...(memory !== undefined && { memory_growth_bytes: memory }),
  }
  console.log(options.json ? JSON.stringify(report) : formatReport(report))
}

async function measurePart(part: Part): Promise<void> {
  await offerWebGPU()
  const counters = countGPU(globalThis)
  const { runBreakdown, runCase, runGrowth, runMemory } = await import('./runCase.ts')
  const effort = { rounds: Number(options.rounds), budgetMs: Number(options.seconds) * 1000 }
  const say = (line: string) => {
    console.error('name' in part ? `${part.name}: ${line}` : line)
  }
  const found = await run()
  process.send?.(found ?? null, () => process.exit(0))

  function run(): Promise<unknown> {
    switch (part.kind) {
      case 'case': {
        const subjects = choose('subjects', options.subjects, SUBJECTS)
        return runCase(part.name, subjects as readonly SubjectName[], effort, counters, say)
      }
      case 'growth':
        return runGrowth(counters, say)
      case 'memory':
        return runMemory(counters, say)
      case 'kernels':
        return runBreakdown(part.name)
    }
  }
}

/** Standard output is for the result alone. */
function inChild(part: Part): Promise<unknown> {
  const args = [...process.argv.slice(2), '--part', JSON.stringify(part)]
  const child = fork(process.argv[1], args, { stdio: ['ignore', 2, 2, 'ipc'] })
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`Measuring ${JSON.stringify(part)} ended with ${code}.`)))
  })
}

function choose(option: string, asked: string, known: readonly string[]): readonly string[] {
  const names = asked.split(',')
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return names
  console.error(`--${option} ${unknown}: choose among ${known.join(', ')}.`)
  process.exit(2)
}
