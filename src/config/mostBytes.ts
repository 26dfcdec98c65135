/** The largest buffer that every WebGPU device lets a kernel see. */
export const MOST_BYTES = 128 * 2 ** 20
