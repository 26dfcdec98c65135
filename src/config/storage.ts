/** Runs that a browser keeps; of more, the oldest are deleted. */
export const MOST_RUNS = 30

/** A file of a run that is larger is not read: the largest preset’s has a sixth of it. */
export const MOST_RUN_BYTES = 2 ** 29

/** Notes on a run are a line, no essay. */
export const LONGEST_NOTE = 200

/** What the name of a run’s file ends with. */
export const RUN_FILE = '.safetensors'
