/** A file as a browser gives it, which in Node has no path. @param path within the folder that was chosen, if one was */
export function browserFile(name: string, path = ''): File {
  return Object.defineProperty(new File(['x'], name), 'webkitRelativePath', { value: path })
}
