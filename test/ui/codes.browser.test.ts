// An invite that is read from its code: from a picture of it, and by the camera; the way without both stays in sight.
import { encode } from 'uqr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createReadCodes } from '../../src/ui/elements/read-codes.ts'
import { createWorld, type World } from './playground/world.ts'
import { given, show, until, type Shown } from './mount.ts'

const link = 'https://parley.example/#/j/AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Og'

/** A photograph, more or less: the code is small, turned a little, and stands on a grey wall. */
const drawn = (text: string): HTMLCanvasElement => {
  const canvas = document.createElement('canvas')
  canvas.width = 640
  canvas.height = 480
  const context = canvas.getContext('2d')!
  context.fillStyle = '#999'
  context.fillRect(0, 0, 640, 480)
  context.translate(180, 60)
  context.rotate(0.06)
  const { data } = encode(text, { border: 4 })
  const module = 300 / data.length
  context.fillStyle = '#fff'
  context.fillRect(0, 0, 300, 300)
  context.fillStyle = '#111'
  data.forEach((row, y) => row.forEach((isDark, x) => isDark && context.fillRect(x * module, y * module, module + 0.5, module + 0.5)))
  return canvas
}
const file = async (canvas: HTMLCanvasElement): Promise<File> =>
  new File([await new Promise<Blob>((done) => canvas.toBlob((blob) => done(blob!)))], 'code.png', { type: 'image/png' })

let world: World
let shown: Shown
beforeEach(async () => {
  await page.viewport(390, 844)
  world = createWorld()
  world.addRoom('direct', 'Bob', [])
})
afterEach(() => shown[Symbol.dispose]())

const openJoin = async (): Promise<void> => {
  shown = show(world)
  await page.getByRole('button', { name: 'New conversation' }).first().click()
  await page.getByRole('button', { name: 'Join with a link' }).click()
  await shown.one('input[type="file"]')
}
const field = () => page.getByRole('textbox', { name: 'Invite link' })

test('is found in a picture, and then shown as if it had been pasted', async () => {
  await openJoin()
  await expect.element(field()).toBeVisible()
  await userEvent.upload(await shown.one('input[type="file"]'), await file(drawn(link)))
  await until(() => given(world, 'previewInvite').length > 0)
  expect(given(world, 'previewInvite')[0]?.[0]).toBe(link)
  await expect.element(page.getByRole('button', { name: 'Join', exact: true })).toBeVisible()
})

test('is not made up: of a picture without a code it says so, and one can paste', async () => {
  await openJoin()
  const blank = document.createElement('canvas')
  await userEvent.upload(await shown.one('input[type="file"]'), await file(blank))
  await expect.element(page.getByText('There is no code in that picture that fits here.', { exact: false })).toBeVisible()
  await userEvent.upload(await shown.one('input[type="file"]'), new File(['no picture'], 'words.txt'))
  await until(() => /no code in that picture/.test(shown.text()))
  expect(given(world, 'previewInvite')).toEqual([])
  await expect.element(field()).toBeVisible()
})

test('is read by the camera, which is let go of; where there is none it says so', async () => {
  const canvas = drawn(link)
  const picture = canvas.captureStream()
  // A stream tells of what is drawn while somebody listens.
  const drawing = setInterval(() => canvas.getContext('2d')!.fillRect(0, 0, 1, 1), 50)
  const camera = vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValueOnce(new Error('none')).mockResolvedValue(picture)
  try {
    await openJoin()
    await page.getByRole('button', { name: 'Scan their code' }).click()
    await expect.element(page.getByText('The camera cannot be used.', { exact: false })).toBeVisible()
    await page.getByRole('button', { name: 'Scan their code' }).click()
    await expect.element(field()).toBeVisible()
    await until(() => given(world, 'previewInvite')[0]?.[0] === link)
    await until(() => picture.getTracks().every(({ readyState }) => readyState === 'ended'))
  } finally {
    clearInterval(drawing)
    camera.mockRestore()
  }
})

test('is read by the browser where it can, and a browser that reads only other codes is not asked', async () => {
  const asked = vi.fn(async () => [{ rawValue: 'from the browser' }])
  const detector = (formats: readonly string[]) =>
    class {
      static readonly getSupportedFormats = async () => formats
      readonly detect = asked
    }
  const source = await createImageBitmap(drawn(link))
  try {
    vi.stubGlobal('BarcodeDetector', detector(['qr_code']))
    expect(await (await createReadCodes())(source)).toEqual(['from the browser'])
    vi.stubGlobal('BarcodeDetector', detector(['ean_13']))
    expect(await (await createReadCodes())(source)).toEqual([link])
  } finally {
    vi.unstubAllGlobals()
    source.close()
  }
  shown = show(world)
})
