/** What a media file says of itself before it is decoded. */
export interface Metadata {
  /** Seconds; undefined where the file does not say, as recordings of browsers do not. */
  readonly duration: number | undefined
  readonly hasPictures: boolean
}

/** A file whose metadata has not been found by then is decoded without it. */
const PATIENCE_MS = 10_000

/** Reads no more of a file than it must. @returns undefined if the browser cannot make anything of it */
export function readMetadata(file: Blob): Promise<Metadata | undefined> {
  const url = URL.createObjectURL(file)
  const element = document.createElement('video') // plays sound alone, too, and knows whether there are pictures
  return new Promise<Metadata | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), PATIENCE_MS)
    const settle = (metadata: Metadata | undefined) => {
      clearTimeout(timer)
      resolve(metadata)
    }
    element.onloadedmetadata = () => {
      const { duration, videoWidth } = element
      settle({ duration: Number.isFinite(duration) ? duration : undefined, hasPictures: videoWidth > 0 })
    }
    element.onerror = () => settle(undefined)
    element.preload = 'metadata'
    element.src = url
    element.load()
  }).finally(() => {
    element.removeAttribute('src')
    element.load() // lets go of the file
    URL.revokeObjectURL(url)
  })
}
