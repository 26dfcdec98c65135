/** A shader that the browser may not know how to read. Nobody is told: whoever makes a pipeline of it will know. */
export function triedModule(device: GPUDevice, descriptor: GPUShaderModuleDescriptor): GPUShaderModule {
  device.pushErrorScope('validation')
  const module = device.createShaderModule(descriptor)
  device.popErrorScope().catch(() => undefined) // the device is lost, which its owner hears
  return module
}
