import { lacksMemory } from '../failures.ts'

interface Allocated {
  /** Of all its buffers together. */
  readonly bytes: number
  readonly dispose: () => void
}

/**
 * Creates something with buffers of its own. A GPU that has no room for them says so only when it is asked, and computes
 * on zeros otherwise; what was created is let go of then.
 * @throws TooMuch where there is no room
 */
export async function allocate<Created extends Allocated>(
  device: GPUDevice,
  create: () => Created,
): Promise<Created> {
  device.pushErrorScope('out-of-memory')
  let created: Created
  let scope: Promise<GPUError | null>
  try {
    created = create()
  } finally {
    scope = device.popErrorScope()
  }
  if ((await scope) === null) return created
  created.dispose()
  throw lacksMemory(created.bytes)
}
