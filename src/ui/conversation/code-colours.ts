// Code in colours: highlight.js finds the parts, lowlight gives them as a tree, and this turns the tree into templates. No markup string exists at
// any point. Comes with the first message that holds code in a language that is known.
import { html, type TemplateResult } from 'lit'
import { createLowlight } from 'lowlight'
import bash from 'highlight.js/lib/languages/bash'
import c from 'highlight.js/lib/languages/c'
import cpp from 'highlight.js/lib/languages/cpp'
import csharp from 'highlight.js/lib/languages/csharp'
import css from 'highlight.js/lib/languages/css'
import diff from 'highlight.js/lib/languages/diff'
import go from 'highlight.js/lib/languages/go'
import java from 'highlight.js/lib/languages/java'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import kotlin from 'highlight.js/lib/languages/kotlin'
import php from 'highlight.js/lib/languages/php'
import python from 'highlight.js/lib/languages/python'
import ruby from 'highlight.js/lib/languages/ruby'
import rust from 'highlight.js/lib/languages/rust'
import sql from 'highlight.js/lib/languages/sql'
import swift from 'highlight.js/lib/languages/swift'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import yaml from 'highlight.js/lib/languages/yaml'

const known = createLowlight({
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  go,
  java,
  javascript,
  json,
  kotlin,
  php,
  python,
  ruby,
  rust,
  sql,
  swift,
  typescript,
  xml,
  yaml,
})

/** A part of what lowlight gives. */
type Part =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'element'; readonly properties: { readonly className?: unknown }; readonly children: readonly unknown[] }

type Drawn = TemplateResult | string

/** The code in parts that are named by what they are, as classes `hljs-keyword` and the like; undefined in a language that is not known. */
export const coloured = (code: string, language: string): readonly Drawn[] | undefined =>
  known.registered(language) ? known.highlight(language, code).children.map((part) => draw(part as Part)) : undefined

const draw = (part: Part): Drawn => {
  if (part.type === 'text') return part.value
  if (part.type !== 'element') return ''
  const names = Array.isArray(part.properties.className) ? part.properties.className.join(' ') : ''
  return html`<span class=${names}>${part.children.map((child) => draw(child as Part))}</span>`
}
