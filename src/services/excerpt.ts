// The beginning of a message, as much as the list of conversations shows.

/** At most 140 characters. */
export const excerpt = (text: string): string => [...text.slice(0, 400)].slice(0, 140).join('')
