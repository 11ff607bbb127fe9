// How the page waits for a command: an expected failure is a value, a broken promise is a bug somewhere and still a sentence.
import { t } from './locales/index.ts'

/** The command's outcome; never rejects. */
export const settle = async <T>(asked: Promise<T>): Promise<T | { readonly ok: false; readonly error: { readonly here: string } }> => {
  try {
    return await asked
  } catch {
    return { ok: false, error: { here: t.unexpected } }
  }
}

/** For what may fail without a word: a draft, a typing signal, a read mark (it is asked again with the next one). */
export const quietly = (asked: Promise<unknown> | undefined): void => {
  asked?.catch(() => undefined)
}
