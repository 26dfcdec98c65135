import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gridPath, maskedPath, outlinePath, tokenAfterKey, tokenAt } from '../../../../src/app/views/grid.ts'

const L_SHAPE = Uint8Array.of(1, 0, 1, 1) // 2 × 2: all but the top right

test('every masked patch is one square of the path', () => {
  expect(maskedPath(L_SHAPE, [2, 2])).toBe('M0 0h1v1h-1zM0 1h1v1h-1zM1 1h1v1h-1z')
})

test('the outline has an edge wherever masked meets unmasked, and none inside', () => {
  const edges = outlinePath(L_SHAPE, [2, 2]).match(/M/g)
  expect(edges).toHaveLength(8) // the perimeter of an L of three squares
  expect(outlinePath(new Uint8Array(4), [2, 2])).toBe('')
})

test('a grid of R × C has R − 1 lines across and C − 1 down', () => {
  expect(gridPath([2, 3])).toBe('M0 1h3M1 0v2M2 0v2')
})

describe('the patch that is pointed at', () => {
  test.each([
    [0, 0, 0],
    [0.99, 0, 2],
    [0.5, 0.6, 4],
    [1, 1, 5],
    [-0.1, 1.2, 3],
  ])('at (%d, %d) is %i', (x, y, patch) => {
    expect(tokenAt(x, y, [2, 3])).toBe(patch)
  })

  test('moves with the arrow keys and never leaves the grid', () => {
    const key = fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown')
    fc.assert(
      fc.property(fc.array(key, { maxLength: 30 }), (keys) => {
        const end = keys.reduce((patch, pressed) => tokenAfterKey(pressed, patch, [3, 4]) ?? patch, 5)
        expect(end).toBeGreaterThanOrEqual(0)
        expect(end).toBeLessThan(12)
      }),
    )
    expect(tokenAfterKey('ArrowDown', 1, [2, 3])).toBe(4)
    expect(tokenAfterKey('ArrowRight', 2, [2, 3])).toBe(2) // not on to the next row
    expect(tokenAfterKey('Home', 4, [2, 3])).toBe(0)
    expect(tokenAfterKey('End', 0, [2, 3])).toBe(5)
    expect(tokenAfterKey('a', 2, [2, 3])).toBeUndefined()
  })
})
