// What somebody did on the first screen while it was only drawn, before the program had come (public/first-look.js).

export interface Begun {
  /** What they typed as their name; may be empty. */
  readonly name: string
  /** Whether they went on, by Enter or the button. */
  readonly isSent: boolean
}

/** `drawn` holds the screen as it was drawn, if one was. */
export const begunIn = (drawn: ParentNode): Begun | undefined => {
  const name = drawn.querySelector('input')?.value ?? ''
  const isSent = drawn.querySelector('form')?.dataset['sent'] !== undefined
  return name === '' && !isSent ? undefined : { name, isSent }
}
