// How often a long story repeats itself: as often as it promises, or `PARLEY_TIMES` for a shorter look.

/** @param promised the number that the story is about */
export const timesOf = (promised: number): number => Number(process.env['PARLEY_TIMES'] ?? promised)

/** Milliseconds for a story of so many rounds, on a machine that is busy with browsers. */
export const deadlineOf = (rounds: number): number => 60_000 + rounds * 30_000
