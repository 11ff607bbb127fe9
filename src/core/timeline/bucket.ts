// Rows are kept under coarse times, so that a thief with the disk learns little from the keys; the exact order is inside the rows.
import { hlcPerMs } from '../event/clock.ts'

const bucketMs = 15 * 60_000

/** The quarter of an hour in which a clock value falls. */
export const timelineBucket = (hlc: number): number => Math.floor(hlc / hlcPerMs / bucketMs)
