// Finding a picture by what it is called, in the language of the page; and what word is under way before the cursor.
import { afterEach, describe, expect, test } from 'vitest'
import { typedWord } from '../../src/ui/conversation/typed-word.ts'
import { findPictures, inTone, pictureKinds } from '../../src/ui/emoji/pictures.ts'
import { setLanguage } from '../../src/ui/locales/language.ts'
import { maxEmojiUnits } from '../../src/core/limits.ts'

const find = async (typed: string): Promise<readonly string[]> =>
  findPictures(await pictureKinds(), typed, 20).map((picture) => picture.emoji.replaceAll('\ufe0f', ''))

afterEach(() => setLanguage('en'))

describe('a picture', () => {
  test('is found by the beginnings of its words, whole names first', async () => {
    setLanguage('en')
    expect((await find('thumbs up'))[0]).toBe('👍')
    expect(await find('thu')).toContain('👎')
    expect((await find('pizza'))[0]).toBe('🍕')
    expect(await find('heart red')).toContain('❤')
    expect(await find('no such thing')).toEqual([])
    expect(await find('  ')).toEqual([])
  })

  test.each([
    ['de', 'daumen hoch', '👍'],
    ['es', 'pizza', '🍕'],
    ['zh', '比萨', '🍕'],
    ['hi', 'पिज़्ज़ा', '🍕'],
    ['ar', 'بيتزا', '🍕'],
    ['ar', 'علم ألمانيا', '🇩🇪'],
  ])('is found in %s, too', async (tag, typed, emoji) => {
    setLanguage(tag)
    expect(await find(typed)).toContain(emoji)
  })

  test('is called in English where the page has no names in the language', async () => {
    setLanguage('fi')
    expect((await find('pizza'))[0]).toBe('🍕')
  })

  test('takes the tone that was chosen, if it has any', async () => {
    const [thumb] = findPictures(await pictureKinds(), 'thumbs up', 1)
    const [pizza] = findPictures(await pictureKinds(), 'pizza', 1)
    expect(thumb && [0, 1, 5].map((tone) => inTone(thumb, tone).replaceAll('\ufe0f', ''))).toEqual(['👍', '👍🏻', '👍🏿'])
    expect(pizza && inTone(pizza, 3)).toBe('🍕')
  })

  test('of every kind and tone is different from all others, and fits a reaction', async () => {
    const kinds = await pictureKinds()
    const all = kinds.flatMap(({ pictures }) => pictures.flatMap(({ emoji, tones }) => [emoji, ...tones]))
    expect(kinds).toHaveLength(9)
    expect(all.length).toBeGreaterThan(3_000)
    expect(new Set(all).size).toBe(all.length)
    expect(all.filter((emoji) => emoji.length > maxEmojiUnits)).toEqual([])
  })
})

describe('the word under way', () => {
  test.each([
    [':smi', { mark: ':', word: 'smi', from: 0, to: 4 }],
    ['On my way :mount', { mark: ':', word: 'mount', from: 10, to: 16 }],
    ['(:ok', { mark: ':', word: 'ok', from: 1, to: 4 }],
    ['hello @', { mark: '@', word: '', from: 6, to: 7 }],
    ['hello @Çar', { mark: '@', word: 'Çar', from: 6, to: 10 }],
  ])('of “%s”', (text, expected) => {
    expect(typedWord(text, text.length)).toEqual(expected)
  })

  test.each(['', 'plain', 'at 10:30', 'note: yes', 'a :', ':s', 'alice@example', 'https://a', ':smile: ', '::'])(
    'is none in “%s”',
    (text) => {
      expect(typedWord(text, text.length)).toBeUndefined()
    },
  )

  test('is what stands before the cursor, not behind it', () => {
    expect(typedWord(':smile and more', 4)).toEqual({ mark: ':', word: 'smi', from: 0, to: 4 })
    expect(typedWord('and :smile', 3)).toBeUndefined()
  })
})
