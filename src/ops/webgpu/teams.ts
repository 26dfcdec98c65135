/** Which devices let a workgroup work on a row together; all that have not been measured. */
const alone = new WeakSet<GPUDevice>()

/** Whether the threads of a workgroup are to share a row rather than take one each. */
export function worksInTeams(device: GPUDevice): boolean {
  return !alone.has(device)
}

export function setTeams(device: GPUDevice, together: boolean): void {
  if (together) alone.delete(device)
  else alone.add(device)
}
