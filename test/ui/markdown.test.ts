// The Markdown subset, seen as template values: what is markup comes from this program's own templates, what was typed stays a value.
import { array, assert, constantFrom, property } from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadLexer, markdown, onLexer } from '../../src/ui/conversation/markdown.ts'

interface Template {
  readonly strings: readonly string[]
  readonly values: readonly unknown[]
}
const isTemplate = (value: unknown): value is Template => typeof value === 'object' && value !== null && 'strings' in value

/** What would stand in the page, with values escaped as text bindings are. */
const draw = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(draw).join('')
  if (isTemplate(value)) return value.strings.map((part, i) => part + (i < value.values.length ? draw(value.values[i]) : '')).join('')
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
const drawn = (text: string): string => draw(markdown(text)).replace(/\s+/g, ' ').trim()
const allowed = /<(?!\/?(?:p|strong|em|s|code|pre|br|blockquote|ul|ol|li|a|bdi|span|parley-spoiler)\b)/

test('a text that needs the lexer is shown as typed until it has come', async () => {
  expect(drawn('**soon**')).toBe('<p dir="auto">**soon**</p>')
  expect(drawn('plain')).toBe('<p dir="auto">plain</p>')
  await new Promise<void>((resolve) => onLexer(resolve))
  expect(drawn('**soon**')).toBe('<p dir="auto"><strong>soon</strong></p>')
})

/** Milliseconds that only something without an end would take: backtracking over such texts takes hours. */
const hangsMs = 5_000

describe('a message', () => {
  beforeAll(loadLexer)

  test.each([
    ['plain', '<p dir="auto">plain</p>'],
    ['**bold** *soft* ~~gone~~', '<p dir="auto"><strong>bold</strong> <em>soft</em> <s>gone</s></p>'],
    ['`a < b`', '<p dir="auto"><code>a &lt; b</code></p>'],
    ['```js\nx\n```', '<pre dir="ltr" tabindex="0"><code>x</code></pre>'],
    ['it was ||the *cat*||', '<p dir="auto">it was <parley-spoiler>the <em>cat</em></parley-spoiler></p>'],
    ['a || b || c', '<p dir="auto">a || b || c</p>'],
    ['||<b>||', '<p dir="auto"><parley-spoiler>&lt;b&gt;</parley-spoiler></p>'],
    ['> said', '<blockquote dir="auto"><p dir="auto">said</p></blockquote>'],
    ['- a\n- b', '<ul><li dir="auto"><p dir="auto">a</p></li><li dir="auto"><p dir="auto">b</p></li></ul>'],
    ['7. a', '<ol start=7><li dir="auto"><p dir="auto">a</p></li></ol>'],
    ['one\n*two*', '<p dir="auto">one<br /><em>two</em></p>'],
    ['```\n<_*_*>\n```', '<pre dir="ltr" tabindex="0"><code>&lt;_*_*&gt;</code></pre>'],
    ['# no heading', '<p dir="auto"># no heading</p>'],
    ['| a | b |\n|---|---|\n| 1 | 2 |', '<p dir="auto">| a | b | |---|---| | 1 | 2 |</p>'],
    ['<b>no</b>', '<p dir="auto">&lt;b&gt;no&lt;/b&gt;</p>'],
    ['&lt;b&gt; &amp;', '<p dir="auto">&amp;lt;b&amp;gt; &amp;amp;</p>'],
    ['\\*stars\\*', '<p dir="auto">*stars*</p>'],
    ['![x](https://evil.example/x.png)', '<p dir="auto">![x](https://evil.example/x.png)</p>'],
    ['[x](javascript:alert(1))', '<p dir="auto">[x](javascript:alert(1))</p>'],
    ['    four blanks', '<p dir="auto"> four blanks</p>'],
    ['a_b_c', '<p dir="auto">a_b_c</p>'],
  ])('%j', (text, html) => {
    expect(drawn(text)).toBe(html)
  })

  test('a link opens outside and tells nothing', () => {
    expect(drawn('see https://example.org/a')).toBe(
      '<p dir="auto">see <a href=https://example.org/a target="_blank" rel="noopener noreferrer nofollow">https://example.org/a</a></p>',
    )
  })

  test('whatever is typed, only allowed elements appear', () => {
    const piece = constantFrom(
      '*',
      '**',
      '_',
      '~~',
      '`',
      '```',
      '\n',
      '\n\n',
      '> ',
      '- ',
      '1. ',
      '[',
      '](',
      ')',
      '<',
      '>',
      '</',
      'script',
      'a',
      ' ',
      'http://x.y',
      '&lt;',
      '|',
      '---',
      '#',
      '!',
      '"',
      '\\',
      '\u202e',
      '😀',
    )
    assert(
      property(array(piece, { maxLength: 60 }), (pieces) => {
        expect(drawn(pieces.join(''))).not.toMatch(allowed)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    'a'.repeat(16_000) + '@',
    `${'a.'.repeat(8_000)}@b`,
    `<a ${' '.repeat(16_000)}`,
    `[${' '.repeat(16_000)}]`,
    '**a*_b'.repeat(149),
    '_*a'.repeat(299),
    '>- '.repeat(290),
    `http://${'a.'.repeat(8_000)}`,
    `${'a'.repeat(999)}@ `.repeat(16),
    `[${' '.repeat(60)}] `.repeat(250),
    `<a ${' '.repeat(60)}`.repeat(250),
    `${'a'.repeat(350)} `.repeat(15) + '*',
    `${'a'.repeat(1_400)}@`,
  ])('hostile text %# does not hang', (text) => {
    const start = performance.now()
    markdown(text)
    expect(performance.now() - start).toBeLessThan(hangsMs)
  })

  test.each([
    '*',
    '**a ',
    '_',
    '`',
    '``` ',
    '[',
    '[](',
    '![',
    '<',
    '<a ',
    '> ',
    '>',
    '- ',
    '* a\n',
    '1. ',
    '~',
    '~~a',
    '(',
    '\\',
    '&',
    '|a',
    '#',
    'a@b.c ',
    'http://a.b/( ',
    '[a](',
    '[a]: b\n',
    '\t',
    '  \n',
    '**a*_b',
    '>- ',
  ])('16 KiB of %j neither hang nor throw', (mark) => {
    const text = mark.repeat(Math.ceil((16 * 1024) / mark.length))
    const start = performance.now()
    markdown(text)
    expect(performance.now() - start).toBeLessThan(hangsMs)
  })

  test('the same text is worked out once', () => {
    expect(markdown('**once**')).toBe(markdown('**once**'))
  })
})

test('code in a language that is known is drawn anew in colours, as parts and never as markup; other code stays as it is', async () => {
  expect(drawn('```ts\nconst a = "<b>"\n```')).toBe('<pre dir="ltr" tabindex="0"><code>const a = "&lt;b&gt;"</code></pre>')
  await new Promise<void>((resolve) => onLexer(resolve))
  expect(drawn('```ts\nconst a = "<b>"\n```')).toBe(
    '<pre class="coloured" dir="ltr" tabindex="0"><code><span class=hljs-keyword>const</span> a = <span class=hljs-string>"&lt;b&gt;"</span></code></pre>',
  )
  expect(drawn('```klingon\nconst a\n```')).toBe('<pre dir="ltr" tabindex="0"><code>const a</code></pre>')
  expect(drawn(`\`\`\`ts\n${'let a;'.repeat(2_000)}\n\`\`\``)).not.toContain('hljs')
})
