/** A shader that the browser may not know how to read. Nobody is told: whoever makes a pipeline of it will know. */
export function triedModule(device: GPUDevice, descriptor: GPUShaderModuleDescriptor): GPUShaderModule {
  device.pushErrorScope('validation')
  const module = device.createShaderModule(descriptor)
  device.popErrorScope().catch(() => undefined) // the device is lost, which its owner hears
  return module
}

/** What `create` makes of GPU memory; undefined, and nobody is told, if there is too little. */
export async function ifThereIsRoom<Made extends Iterable<GPUBuffer>>(
  device: GPUDevice,
  create: () => Made,
): Promise<Made | undefined> {
  device.pushErrorScope('out-of-memory')
  const made = create()
  if ((await device.popErrorScope()) === null) return made
  for (const buffer of made) buffer.destroy()
  return undefined
}
