// `fetch` whose failure is a sentence for an operator: Node's own says "fetch failed" and hides the reason.

/** The response, whatever its status; rejects with a sentence when there is none within `patienceMs` milliseconds. */
export const fetchOrSay = async (url: URL, options: RequestInit, patienceMs: number): Promise<Response> => {
  try {
    return await fetch(url, { ...options, signal: AbortSignal.timeout(patienceMs) })
  } catch (error) {
    const { message, cause } = error instanceof Error ? error : new Error(String(error))
    const reason = cause instanceof Error && cause.message !== '' ? cause.message : message
    throw new Error(`${url.host} cannot be reached: ${reason}`, { cause: error })
  }
}
