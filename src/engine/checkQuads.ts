import { avoidQuads, hasQuads } from '../ops/webgpu/quads.ts'
import { triedModule } from '../ops/webgpu/triedModule.ts'
import { QUADS } from '../ops/webgpu/wgsl.ts'
import type { CapturingDevice } from './capture/device.ts'

/** As many threads as the largest workgroup of a kernel that uses quads. */
const THREADS = 256

/** Each thread writes which thread it takes for the first of its quad. */
const CODE = `${QUADS}
@group(0) @binding(0) var<storage, read_write> first: array<u32>;

@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) thread: u32) {
  first[thread] = quadBroadcast(thread, 0u);
}`

/**
 * WGSL does not say which threads of a workgroup make up a quad. Kernels take it to be four neighbours; where it is
 * not so, they go without.
 */
export async function checkQuads({ device, real }: CapturingDevice): Promise<void> {
  if (!hasQuads(device)) return
  const first = await run(real).catch(() => undefined)
  if (first?.every((quad, thread) => quad === thread - (thread % 4)) !== true) avoidQuads(device)
}

async function run(device: GPUDevice): Promise<Uint32Array> {
  const module = triedModule(device, { label: 'Quads', code: CODE })
  const compute = { module, entryPoint: 'main' }
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute })
  const size = THREADS * Uint32Array.BYTES_PER_ELEMENT
  const written = device.createBuffer({ size, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC })
  const read = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST })
  try {
    const encoder = device.createCommandEncoder()
    const pass = encoder.beginComputePass()
    pass.setPipeline(pipeline)
    const layout = pipeline.getBindGroupLayout(0)
    const entries = [{ binding: 0, resource: { buffer: written } }]
    pass.setBindGroup(0, device.createBindGroup({ layout, entries }))
    pass.dispatchWorkgroups(1)
    pass.end()
    encoder.copyBufferToBuffer(written, 0, read, 0, size)
    device.queue.submit([encoder.finish()])
    await read.mapAsync(GPUMapMode.READ)
    return new Uint32Array(read.getMappedRange().slice(0))
  } finally {
    written.destroy()
    read.destroy()
  }
}
