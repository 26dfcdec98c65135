/** Devices on which neighbouring threads were found not to be a quad. */
const scattered = new WeakSet<GPUDevice>()

/** Whether four neighbouring threads can tell one another what they have read. */
export function hasQuads(device: GPUDevice): boolean {
  return device.features.has('subgroups') && !scattered.has(device)
}

/** Kernels do without quads on this device from now on. */
export function avoidQuads(device: GPUDevice): void {
  scattered.add(device)
}
