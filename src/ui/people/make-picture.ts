// A small square picture out of any that the browser can read: cut in the middle, made small and written anew, so that nothing of the file
// but what one sees goes on its way.
import { isPicture } from '../../core/members/picture.ts'

/** Pixels of a side. */
const side = 96
/** Of the finest that still fits. */
const qualities = [0.9, 0.8, 0.7, 0.5, 0.3, 0.1]
/** Bytes of a file that is looked at at all. */
const maxFileBytes = 32 * 1024 * 1024

/** `undefined` for what is no picture, or cannot be made small enough. */
export const makePicture = async (file: Blob): Promise<Uint8Array | undefined> => {
  if (file.size > maxFileBytes) return undefined
  const image = await createImageBitmap(file).catch(() => undefined)
  if (!image) return undefined
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = side
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) return undefined
  const cut = Math.min(image.width, image.height)
  context.fillStyle = 'white'
  context.fillRect(0, 0, side, side)
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, (image.width - cut) / 2, (image.height - cut) / 2, cut, cut, 0, 0, side, side)
  image.close()
  for (const quality of qualities) {
    // One after the other: the first that fits is the one.
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality))
    const bytes = blob && withoutExtras(new Uint8Array(await blob.arrayBuffer()))
    if (bytes && isPicture(bytes)) return bytes
  }
  return undefined
}

/** Without the segments that browsers add of themselves, such as a colour profile: what is left is read as sRGB, which the canvas is in. */
const withoutExtras = (jpeg: Uint8Array): Uint8Array => {
  const kept = [...jpeg.subarray(0, 2)]
  for (let at = 2; at + 4 <= jpeg.length;) {
    const marker = jpeg[at + 1] ?? 0
    const next = marker === startOfScan ? jpeg.length : at + 2 + (jpeg[at + 2] ?? 0) * 256 + (jpeg[at + 3] ?? 0)
    if (!isExtra(marker)) kept.push(...jpeg.subarray(at, next))
    at = next
  }
  return Uint8Array.from(kept)
}

const startOfScan = 0xda
/** APP1 to APP15 and comments. */
const isExtra = (marker: number): boolean => (marker > 0xe0 && marker <= 0xef) || marker === 0xfe
