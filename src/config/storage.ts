/** Runs that a browser keeps; of more, the oldest are deleted. */
export const MOST_RUNS = 30
