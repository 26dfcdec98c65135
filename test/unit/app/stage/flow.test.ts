import { describe, expect, test } from 'vitest'
import { connect } from '../../../../src/app/stage/flow.ts'

const left = { x: 0, y: 0, width: 100, height: 100 }
const right = { x: 200, y: 300, width: 100, height: 100 }

/** The first and the last point of a path, and the tip of its arrow. */
function ends(line: { path: string; head: string }) {
  const numbers = line.path.match(/-?[\d.]+/g)?.map(Number) ?? []
  const tip = line.head.match(/-?[\d.]+/g)?.map(Number) ?? []
  return { start: numbers.slice(0, 2), end: numbers.slice(-2), tip: tip.slice(0, 2) }
}

describe('an arrow', () => {
  test('to the right leaves one right side and ends just short of the other’s left side, at mid height', () => {
    const { start, end, tip } = ends(connect(left, right, 'right'))
    expect(start).toEqual([104, 50])
    expect(tip).toEqual([196, 350])
    expect(end).toEqual([189, 350])
  })

  test('down and up join bottoms and tops', () => {
    expect(ends(connect(left, right, 'down')).start).toEqual([50, 104])
    expect(ends(connect(left, right, 'down')).tip).toEqual([250, 296])
    expect(ends(connect(right, left, 'up')).start).toEqual([250, 296])
    expect(ends(connect(right, left, 'up')).tip).toEqual([50, 104])
  })

  test('can enter beside the middle of a side, so that two arrows do not meet in one point', () => {
    expect(ends(connect(left, right, 'right', -0.2)).tip).toEqual([196, 330])
    expect(ends(connect(left, right, 'down', 0.2)).tip).toEqual([270, 296])
  })

  test('has a head that grows with the text', () => {
    expect(ends(connect(left, right, 'right', 0, 2)).end).toEqual([178, 350])
  })
})
