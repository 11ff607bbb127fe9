// The person's own folders of conversations.
import type { FolderView } from '../../ports/queries.ts'
import type { StoreReader } from '../../ports/store.ts'

/** In their order. */
export const readFolders = async (reader: StoreReader): Promise<readonly FolderView[]> =>
  (await reader.list('folders', []))
    .toSorted((a, b) => a.value.place - b.value.place)
    .map(({ key: [id], value: { name, conversations } }) => ({ id, name, conversations }))
