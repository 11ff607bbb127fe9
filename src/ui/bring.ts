// Brings a part of the page that comes later. A network that changes at that very moment breaks off what is being loaded, and a tap would do
// nothing at all: so it is asked for again, a few times, for as long as somebody still wants it.

/** Milliseconds before each further time. */
const pausesMs = [300, 1_000, 3_000]

/** What `load` brings; rejects with its last failure once it failed too often, or when it is not wanted any more. */
export const bring = async <Part>(load: () => Promise<Part>, isWanted: () => boolean = () => true): Promise<Part> => {
  for (const ms of pausesMs) {
    try {
      return await load()
    } catch (failure) {
      await new Promise((resolve) => setTimeout(resolve, ms))
      if (!isWanted()) throw failure
    }
  }
  return load()
}
