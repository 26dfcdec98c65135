/** The largest 16-bit sample. */
const LOUDEST = 2 ** 15 - 1

/**
 * The mean of all channels as 16-bit samples; what is louder than ±1 is clipped.
 * @param channels `[samples]` each, from −1 to 1
 */
export function mixDown(channels: readonly Float32Array[]): Int16Array<ArrayBuffer> {
  const mixed = new Int16Array(channels[0].length)
  for (let i = 0; i < mixed.length; i++) {
    let sum = 0
    for (const channel of channels) sum += channel[i]
    const mean = sum / channels.length
    mixed[i] = Math.round(Math.min(1, Math.max(-1, mean)) * LOUDEST)
  }
  return mixed
}
