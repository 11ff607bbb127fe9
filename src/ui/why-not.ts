// Why something could not be done, in words of the language in use: by the name of the failure, else as it was said. The words come when
// the first thing fails.
import type { Failure } from '../core/result.ts'
import { t } from './locales/index.ts'

export const whyNot = async ({ kind, here }: Pick<Failure, 'here'> & { readonly kind?: string }): Promise<string> => {
  try {
    await import('./locales/later.ts')
    return (t.problems as { readonly [kind: string]: string | undefined })[kind ?? ''] ?? here
  } catch {
    return here
  }
}
