// A message's text as a template: marked's lexer gives tokens, an allow-list turns them into Lit templates, everything else shows as
// the text that was typed. No markup string exists at any point, so nothing typed can run. Hostile input (deep nesting, huge
// brackets) falls back to plain text. The lexer is a third of the page's drawing code and most messages need none of it: it comes with
// the first one that does.
import { html, type TemplateResult } from 'lit'
import { nextTask } from '../next-task.ts'
import type { Token, TokenizerExtension, Tokens } from 'marked'
import { safeLink } from './safe-link.ts'

type Shown = TemplateResult | string | readonly Shown[]

/** Nesting that a person may have meant; below it, text is shown as typed. */
const maxDepth = 8
/** Lexing takes time that grows with the square of marks, of unbroken runs and of runs of blanks: above these, text is shown as typed. */
const maxMarks = 600
const maxRunCost = 2_000_000
const endlessBlanks = /\s{65}/
const runCost = (text: string): number => text.split(/\s+/).reduce((sum, run) => sum + run.length ** 2, 0)
/** Rendered messages kept, so that a re-render costs nothing. */
const maxKept = 600

const inline = (tokens: readonly Token[] | undefined, depth: number): Shown => (tokens ?? []).map((token) => span(token, depth + 1))
const blocks = (tokens: readonly Token[] | undefined, depth: number): Shown => (tokens ?? []).map((token) => block(token, depth + 1))

const span = (token: Token, depth: number): Shown => {
  if (depth > maxDepth) return token.raw
  switch (token.type) {
    case 'text':
      return token.tokens ? inline(token.tokens, depth) : token.raw
    case 'escape':
      return (token as Tokens.Escape).text
    case 'strong':
      return html`<strong>${inline(token.tokens, depth)}</strong>`
    case 'em':
      return html`<em>${inline(token.tokens, depth)}</em>`
    case 'del':
      return html`<s>${inline(token.tokens, depth)}</s>`
    case 'codespan':
      return html`<code>${(token as Tokens.Codespan).text}</code>`
    case 'br':
      return html`<br />`
    case 'spoiler':
      void import('./spoiler.ts')
      return html`<parley-spoiler>${inline(token.tokens, depth)}</parley-spoiler>`
    case 'link': {
      const { href, text, tokens, raw } = token as Tokens.Link
      const link = safeLink(href, text)
      if (!link) return raw
      return html`<a href=${link.href} target="_blank" rel="noopener noreferrer nofollow">${inline(tokens, depth)}</a>${
        link.host === undefined ? '' : html`<bdi class="host"> (${link.host})</bdi>`
      }`
    }
    default:
      return token.raw
  }
}

const block = (token: Token, depth: number): Shown => {
  if (depth > maxDepth) return token.raw
  switch (token.type) {
    case 'paragraph':
      return html`<p dir="auto">${inline(token.tokens, depth)}</p>`
    case 'blockquote':
      return html`<blockquote dir="auto">${blocks(token.tokens, depth)}</blockquote>`
    case 'code': {
      const code = token as Tokens.Code
      return code.codeBlockStyle === 'indented' ? html`<p dir="auto">${code.raw}</p>` : fence(code.text, code.lang ?? '')
    }
    case 'list': {
      const list = token as Tokens.List
      const items = list.items.map((item) => html`<li dir="auto">${blocks(item.tokens, depth)}</li>`)
      return list.ordered ? html`<ol start=${list.start === '' ? 1 : list.start}>${items}</ol>` : html`<ul>${items}</ul>`
    }
    case 'text':
      return html`<p dir="auto">${token.tokens ? inline(token.tokens, depth) : token.raw}</p>`
    case 'checkbox':
      return token.raw
    case 'space':
      return ''
    default:
      return html`<p dir="auto">${token.raw.trimEnd()}</p>`
  }
}

/** Words between double bars, which one reads only when one wants to. */
const spoiler: TokenizerExtension = {
  name: 'spoiler',
  level: 'inline',
  start: (text) => {
    const at = text.indexOf('||')
    return at < 0 ? undefined : at
  },
  tokenizer(text) {
    const [raw, words] = /^\|\|(?=\S)([^\n]*?\S)\|\|/.exec(text) ?? []
    return raw === undefined || words === undefined ? undefined : { type: 'spoiler', raw, tokens: this.lexer.inlineTokens(words) }
  },
}

/** Code above this (UTF-16 units) stays in one colour: finding its parts takes time. */
const maxColoured = 6_000
let colouring: typeof import('./code-colours.ts').coloured | undefined
let coloursLoading: Promise<void> | undefined
/** Something that was just drawn will look otherwise once its colours are here. */
let isPreliminary = false

const loadColours = (): Promise<void> =>
  (coloursLoading ??= import('./code-colours.ts').then(
    (colours) => {
      colouring = colours.coloured
      for (const tell of waiting) tell()
    },
    () => {
      coloursLoading = undefined
    },
  ))

const fence = (code: string, info: string): Shown => {
  const language = /^[\w#+-]{1,20}/.exec(info.trim())?.[0].toLowerCase()
  if (language !== undefined && code.length <= maxColoured) {
    if (!colouring) {
      isPreliminary = true
      void loadColours()
    }
    const parts = colouring?.(code, language)
    if (parts) return html`<pre class="coloured" dir="ltr" tabindex="0"><code>${parts}</code></pre>`
  }
  return html`<pre dir="ltr" tabindex="0"><code>${code}</code></pre>`
}

// `undefined` while the lexer is on its way.
const lex = (text: string): Shown | undefined => {
  // Code is pasted at any length and with any marks; a message that is one fence needs no lexer.
  const [, language = '', code] = /^```([^\n`]*)\n([^]*)\n```\s*$/.exec(text) ?? []
  if (code !== undefined && !code.includes('```')) return fence(code, language)
  const marks = text.match(/[*_~`[\]<>#!|-]|\d[.)][ \t]/g)?.length ?? 0
  const isPlain = marks === 0 && !/https?:\/\/|www\.|@|\n\n|\\/i.test(text)
  if (isPlain || marks > maxMarks || endlessBlanks.test(text) || runCost(text) > maxRunCost) return html`<p dir="auto">${text}</p>`
  if (!lexer) {
    void loadLexer()
    return undefined
  }
  try {
    return blocks(lexer(text), 0)
  } catch {
    return html`<p dir="auto">${text}</p>`
  }
}

let lexer: ((text: string) => readonly Token[]) | undefined
let loading: Promise<void> | undefined
const waiting = new Set<() => void>()

/** Brings the lexer; settles when it is there, or when it could not be had (texts stay as typed, and the next one tries again). */
export const loadLexer = (): Promise<void> =>
  (loading ??= import('marked').then(
    async (marked) => {
      const own = new marked.Marked({ gfm: true, breaks: true, extensions: [spoiler] })
      // Its expressions are made at the first text: a task of its own, before all that is on screen is drawn anew.
      own.lexer('> **a** `b`\n\n- c')
      await nextTask()
      lexer = (text) => own.lexer(text)
      for (const tell of waiting) tell()
    },
    () => {
      loading = undefined
    },
  ))

/** Tells once the lexer is there that texts can be drawn anew; the returned function takes it back. */
export const onLexer = (tell: () => void): (() => void) => {
  waiting.add(tell)
  return () => waiting.delete(tell)
}

const kept = new Map<string, Shown>()

/** The text of a message, rendered. The same text gives the same value. */
export const markdown = (text: string): Shown => {
  const found = kept.get(text)
  if (found !== undefined) return found
  isPreliminary = false
  const shown = lex(text)
  if (shown === undefined) return html`<p dir="auto">${text}</p>`
  if (isPreliminary) return shown
  if (kept.size >= maxKept) kept.delete(kept.keys().next().value ?? '')
  kept.set(text, shown)
  return shown
}
