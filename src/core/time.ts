// Units of time that rules are written in: milliseconds throughout.

export const msPerDay = 86_400_000
export const msPerWeek = 7 * msPerDay
