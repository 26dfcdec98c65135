import { expect, test } from 'vitest'
import { accessesIn } from '../../../../src/engine/capture/device.ts'

test('reads from a shader what it does with each binding', () => {
  const code = `
@group(0) @binding(0) var<storage, read_write> result: array<f32>;
@group(0) @binding(1) var<storage, read> A: array<vec4<f32>>;
@group(0) @binding(2) var<storage> B: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;
var<workgroup> tile: array<f32, 64>;`
  expect([...accessesIn(code)]).toEqual([
    [0, 'write'],
    [1, 'read'],
    [2, 'read'],
    [3, 'uniform'],
  ])
})
