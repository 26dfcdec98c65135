/**
 * Fetches a file that comes with the page.
 * @param path within the site
 * @param base address of the page
 * @throws an Error that names the file
 */
export async function fetchFile(path: string, base: string): Promise<Response> {
  const url = new URL(path, base).href
  const response = await fetch(url).catch(() => undefined)
  if (response?.ok) return response
  const why = response ? `the server answered ${response.status}` : 'the server did not answer'
  throw new Error(
    `The sample file ${url} could not be loaded: ${why}. Reload the page, or choose another sample set.`,
  )
}
