/** Bytes that the browser has left for this site; infinitely many where it does not say. */
export async function roomLeft(): Promise<number> {
  const { quota = Infinity, usage = 0 } = await navigator.storage.estimate()
  return Math.max(0, quota - usage)
}
