// How the page waits for a command: an expected failure is a value, a broken promise is a bug somewhere and still a sentence.
import { t } from './locales/index.ts'
import { whyNot } from './why-not.ts'

/** The command's outcome, a failure in words of the language in use; never rejects. */
export const settle = async <T>(asked: Promise<T>): Promise<T | { readonly ok: false; readonly error: { readonly here: string } }> => {
  try {
    const done = await asked
    return isFailed(done) ? { ...done, error: { ...done.error, here: await whyNot(done.error) } } : done
  } catch {
    return { ok: false, error: { here: t.unexpected } }
  }
}

const isFailed = (done: unknown): done is { readonly ok: false; readonly error: { readonly here: string } } =>
  typeof done === 'object' && done !== null && 'ok' in done && done.ok === false

/** For what may fail without a word: a draft, a typing signal, a read mark (it is asked again with the next one). */
export const quietly = (asked: Promise<unknown> | undefined): void => {
  asked?.catch(() => undefined)
}
