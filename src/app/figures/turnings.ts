import type { Turned } from '../../config/turned.ts'
import { fieldOf } from '../../config/schema.ts'
import { describeValue } from '../components/format.ts'
import type { Turning } from '../store/history.ts'

/** A slider turns its setting at every place that it passes: what follows within so much training is the same move. */
const ONE_MOVE_SECONDS = 2

/** What was turned in one move each, from its first step to what it came to; moves that came to nothing are left out. */
export function movesOf(turnings: readonly Turning[]): Turning[] {
  const moves: Turning[][] = []
  for (const turning of turnings) {
    const last = moves.at(-1)?.at(-1)
    if (last !== undefined && turning.seconds - last.seconds < ONE_MOVE_SECONDS) moves.at(-1)?.push(turning)
    else moves.push([turning])
  }
  return moves
    .map((move) => ({ ...move[0], turned: inAll(move.flatMap(({ turned }) => turned)) }))
    .filter(({ turned }) => turned.length > 0)
}

function inAll(turned: readonly Turned[]): Turned[] {
  const whole = new Map<Turned['name'], Turned>()
  for (const each of turned) whole.set(each.name, { ...each, from: whole.get(each.name)?.from ?? each.from })
  return [...whole.values()].filter(({ from, to }) => from !== to)
}

/** “Learning rate 0.003 → 0.001, Warm-up 10 → 20 %”. */
export function describeTurned(turned: readonly Turned[]): string {
  return turned.map(describeOne).join(', ')
}

function describeOne({ name, from, to }: Turned): string {
  const field = fieldOf(name)
  const before = field.kind === 'number' ? String(from) : describeValue(field, from)
  return `${field.title} ${before} → ${describeValue(field, to)}`
}
