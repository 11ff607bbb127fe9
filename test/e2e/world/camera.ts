// A camera in somebody's browser, and what it is held over. The page asks for it, and is given its pictures, as it is everywhere.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Person } from './world.ts'

/** Pictures as a camera gives them: one JPEG after the other, from the beginning again after the last. */
const filmIn = (folder: string): string => join(folder, 'camera.mjpeg')

/** For Chromium, by the folder of its profile. */
export const cameraSwitches = (folder: string): readonly string[] => [
  '--use-fake-device-for-media-stream',
  // Where there is no window nobody could be asked.
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${filmIn(folder)}`,
]

/** Before the camera is used: it looks at somebody's screen as it is now, and its owner lets the page use it. */
export const holdCameraOver = async (owner: Person, other: Person): Promise<void> => {
  await writeFile(filmIn(owner.browser.folder), await other.page().screenshot({ type: 'jpeg' }))
  await owner.page().context().grantPermissions(['camera', 'clipboard-read', 'clipboard-write'])
}
