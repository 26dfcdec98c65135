import type { Config } from './schema.ts'

/** Masked views of each sample that a step learns from, M. */
export function viewsOf({ method, views }: Pick<Config, 'method' | 'views'>): number {
  return method === '1' ? 1 : views
}
