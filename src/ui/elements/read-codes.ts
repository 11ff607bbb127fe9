// The texts of QR codes in a picture: by the browser where it reads codes itself, else by a library that comes when it is needed.

/** What Chromium brings for reading codes on some systems; not in every browser, and so not in the library of types. */
interface BarcodeReader {
  detect(source: CodeSource): Promise<readonly { readonly rawValue: string }[]>
}
interface BarcodeReaderClass {
  new (options: { readonly formats: readonly string[] }): BarcodeReader
  getSupportedFormats?(): Promise<readonly string[]>
}

export type CodeSource = HTMLVideoElement | ImageBitmap
/** None while there is no picture yet, or no code in it. */
export type ReadCodes = (source: CodeSource) => Promise<readonly string[]>

/** Pixels of the longer side that are looked at: codes on a screen or a page are still sharp, and a look is quick. */
const mostPixels = 1_200
/** Milliseconds that the library may go on trying: the next picture of a camera is another chance, a picture out of a file is the only one. */
const patienceMs = { video: 150, file: 5_000 } as const

export const createReadCodes = async (): Promise<ReadCodes> => {
  const Reader = (globalThis as { BarcodeDetector?: BarcodeReaderClass }).BarcodeDetector
  const formats = (await Reader?.getSupportedFormats?.().catch(() => [])) ?? ['qr_code']
  if (Reader === undefined || !formats.includes('qr_code')) return createReadByLibrary()
  const reader = new Reader({ formats: ['qr_code'] })
  return async (source) => (await reader.detect(source).catch(() => [])).map(({ rawValue }) => rawValue)
}

const createReadByLibrary = async (): Promise<ReadCodes> => {
  const { decodeQR } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })
  return async (source) => {
    const isFile = source instanceof ImageBitmap
    const [width, height] = isFile ? [source.width, source.height] : [source.videoWidth, source.videoHeight]
    if (!context || width === 0 || height === 0) return []
    const scale = Math.min(1, mostPixels / Math.max(width, height))
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    context.drawImage(source, 0, 0, canvas.width, canvas.height)
    try {
      const timeLimit = isFile ? patienceMs.file : patienceMs.video
      return [decodeQR(context.getImageData(0, 0, canvas.width, canvas.height), { timeLimit })]
    } catch {
      return []
    }
  }
}
