/** Threads of a quad always go the same way, which WGSL cannot know. */
export const QUADS = `
enable subgroups;
diagnostic(off, subgroup_uniformity);`

/** A line of WGSL for each number from 0. */
export function each(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('\n  ')
}

/** A line of WGSL for each row and column. */
export function grid(rows: number, columns: number, line: (r: number, c: number) => string): string {
  return each(rows, (r) => each(columns, (c) => line(r, c)))
}
