// The gallery: two people who talk in one window, every element in every state, and the screens, in any theme, language and width. Served by
// `npm run gallery`. Nothing of it is part of the page that people get.
import { css, html, render, type TemplateResult } from 'lit'
import type { Messenger } from '../../../src/services/messenger.ts'
import { languages, pseudoTags, speak } from '../../../src/ui/locales/index.ts'
import { applyLooks, looks, lookOf, themeOf } from '../../../src/ui/theme.ts'
import { base, buttons, fields } from '../../../src/ui/styles/shared.ts'
import { tokens } from '../../../src/ui/styles/tokens.ts'
import { scenes } from '../playground/scenes.ts'
import { elementParts, elementStyles } from './elements.ts'
import { twoPeople } from './two-people.ts'

/** What the frames of the two people look for in the window around them. */
export interface GalleryWindow {
  people: Promise<readonly [Messenger, Messenger]>
}

const parts = { people: 'Two people', elements: 'Elements', screens: 'Screens' } as const
type Part = keyof typeof parts

const wanted = new URLSearchParams(location.search)
const pick = (name: string, usual: string): string => wanted.get(name) ?? usual
const part = pick('part', 'people') as Part
const theme = themeOf(pick('theme', 'system'))
const language = pick('lang', 'en')

/** The same page with another choice. */
const go = (change: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(change)) wanted.set(name, value)
  location.search = wanted.toString()
}

const choice = (name: string, label: string, now: string, all: readonly string[]): TemplateResult =>
  html`<label>${label}
    <select @change=${(event: Event) => go({ [name]: (event.target as HTMLSelectElement).value })}>
      ${all.map((value) => html`<option ?selected=${value === now}>${value}</option>`)}
    </select>
  </label>`

const frame = (title: string, address: string, width: number, height: number): TemplateResult =>
  html`<figure>
    <figcaption>${title}</figcaption>
    <iframe title=${title} src=${address} loading="lazy" width=${width} height=${height}></iframe>
  </figure>`

const asChosen = (more: Readonly<Record<string, string>>): string => new URLSearchParams({ theme, lang: language, ...more }).toString()

const shown: Readonly<Record<Part, () => TemplateResult | Promise<TemplateResult>>> = {
  people: () =>
    html`<div class="frames">
      ${(['alice', 'bob'] as const).map((who) => frame(who === 'alice' ? 'Alice' : 'Bob', `./person.html?${asChosen({ who })}`, 390, 760))}
    </div>`,
  elements: async () =>
    html`${(await elementParts()).map(
      ({ name, states }) => html`<section><h2 class="display">${name}</h2><div class="states">
      ${states.map(([state, template]) => html`<div class="state"><p class="soft small">${state}</p>${template}</div>`)}
    </div></section>`,
    )}`,
  screens: () =>
    html`<div class="frames">
      ${Object.keys(scenes).flatMap((scene) => [
        frame(`${scene}, phone`, `../playground/index.html?${asChosen({ scene })}`, 390, 760),
        frame(`${scene}, desktop`, `../playground/index.html?${asChosen({ scene })}`, 1120, 760),
      ])}
    </div>`,
}

const galleryStyles = css`
  :host {
    display: block;
    block-size: 100%;
    overflow: auto;
    padding: var(--space-5);
  }
  header,
  nav,
  .frames,
  .states {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: var(--space-4);
  }
  header {
    align-items: end;
    margin-block-end: var(--space-5);
  }
  h1 {
    flex: 1;
  }
  figure {
    margin: 0;
    max-inline-size: 100%;
  }
  figcaption {
    margin-block-end: var(--space-2);
    font-weight: 600;
  }
  iframe {
    max-inline-size: 100%;
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
  }
  section {
    margin-block-end: var(--space-6);
  }
  h2 {
    margin-block-end: var(--space-3);
    font-size: var(--text-xl);
  }
  .state {
    display: grid;
    gap: var(--space-2);
    min-inline-size: min(11rem, 100%);
    max-inline-size: min(30rem, 100%);
    padding: var(--space-3);
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--canvas);
  }
`

await speak(language)
Object.assign(globalThis, { people: part === 'people' ? twoPeople() : new Promise(() => undefined) } satisfies GalleryWindow)
const usual = Object.fromEntries(Object.keys(looks).map((name) => [name, lookOf(name as keyof typeof looks, undefined)])) as Parameters<
  typeof applyLooks
>[0]
document.adoptedStyleSheets = tokens.styleSheet ? [tokens.styleSheet] : []
applyLooks({ ...usual, theme, contrast: lookOf('contrast', pick('contrast', 'usual')) })
document.body.style.height = '100vh'
const root = document.body.attachShadow({ mode: 'open' })
root.adoptedStyleSheets = [base, buttons, fields, ...elementStyles, galleryStyles].flatMap(({ styleSheet }) => styleSheet ?? [])
render(
  html`<header>
      <h1 class="display">Parley gallery</h1>
      <nav>
        ${Object.entries(parts).map(
          ([name, title]) =>
            html`<button class="button ${name === part ? 'primary' : ''}" type="button" @click=${() => go({ part: name })}>${title}</button>`,
        )}
      </nav>
      ${choice('theme', 'Theme', theme, looks.theme)} ${choice('contrast', 'Contrast', pick('contrast', 'usual'), looks.contrast)}
      ${choice('lang', 'Language', language, [...Object.keys(languages), ...pseudoTags])}
    </header>
    <main>${await shown[part]()}</main>`,
  root,
)
