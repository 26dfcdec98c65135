import { MOST_BYTES } from './mostBytes.ts'

/** Runs that a browser keeps; of more, the oldest are deleted. */
export const MOST_RUNS = 30

/** A file of a run that is larger is not read: four tensors of the most weights that can be trained, and room for metrics. */
export const MOST_RUN_BYTES = 4 * MOST_BYTES + 2 ** 26

/** Notes on a run are a line, no essay. */
export const LONGEST_NOTE = 200

/** What the name of a run’s file ends with. */
export const RUN_FILE = '.safetensors'
