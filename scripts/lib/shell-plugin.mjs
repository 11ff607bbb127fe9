/**
 * What is seen before the program has come: the first screen, the same with an invite in hand, and the rest while conversations are opened, in
 * every language. They are drawn by the page's own templates and styles while the page is built, and lie in index.html as templates, of which
 * public/first-look.js puts one in place; <parley-app> shows it until it knows who is here. Where scripts are off, it says so.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const ui = new URL('../../src/ui/', import.meta.url)
/** @param {string} file below src/ui @returns {Promise<any>} not typed: this folder is outside of the page's floors */
const part = (file) => import(new URL(file, ui).href)

/** Under which tests ask for what is made here: `css`, `templates`. */
const asModule = 'virtual:shell'

/** @returns {import('vite').Plugin} */
export const shell = () => {
  /** @type {Promise<Shell> | undefined} */
  let made
  let isBuild = false
  const shellOnce = () => (made ??= makeShell())
  return {
    name: 'parley-shell',
    resolveId: (id) => (id === asModule ? `\0${id}` : undefined),
    load: async (id) => (id === `\0${asModule}` ? `export default ${JSON.stringify(await shellOnce())}` : undefined),
    configResolved: ({ command }) => void (isBuild = command === 'build'),
    async buildStart() {
      if (!isBuild) return
      const { css, cssFile } = await shellOnce()
      this.emitFile({ type: 'asset', fileName: cssFile, source: css })
    },
    transformIndexHtml: {
      order: 'post',
      async handler(page) {
        if (!isBuild) return page
        const { cssFile, templates, withoutScripts } = await shellOnce()
        return page
          .replace('</title>', `</title>\n    <link rel="stylesheet" href="./${cssFile}" />`)
          .replace(
            '<body>',
            `<body>\n${templates}\n    <script src="./first-look.js"></script>\n    <noscript>${withoutScripts}</noscript>`,
          )
      },
    },
  }
}

/**
 * @typedef {object} Shell
 * @property {string} css
 * @property {string} cssFile named by a hash over its content
 * @property {string} templates one for each screen and language, as `<template data-shell="first" lang="de" dir="ltr">`, and one for the wall
 * @property {string} withoutScripts
 */

/** @returns {Promise<Shell>} */
export const makeShell = async () => {
  const [{ html }, { render }, { collectResultSync }] = await Promise.all([
    import('lit'),
    import('@lit-labs/ssr'),
    import('@lit-labs/ssr/lib/render-result.js'),
  ])
  const { t, languages, catalogueOf, directionOf } = await part('locales/index.ts')
  const { catalogueFrom } = await part('locales/message.ts')
  const { ParleyWelcome } = await part('onboarding/welcome.ts')
  const { mark } = await part('onboarding/mark.ts')
  const { restTemplate } = await part('onboarding/rest.ts')
  const { appStyles } = await part('app-styles.ts')
  const { base } = await part('styles/shared.ts')
  const { tokens } = await part('styles/tokens.ts')
  /** @param {import('lit').TemplateResult} template */
  const drawn = (template) => plain(collectResultSync(render(template)))

  const english = await catalogueOf('en')
  const [, wall] = /<div class="wall">(.*?)<\/div>/.exec(drawn(html`<parley-welcome></parley-welcome>`)) ?? []
  if (wall === undefined) throw new Error('the first screen has no wall any more')
  const templates = [`<template data-shell="wall">${wall}</template>`]
  const words = []
  for (const tag of Object.keys(languages)) {
    const said = tag === 'en' ? english : catalogueFrom(english, JSON.parse(readFileSync(new URL(`locales/${tag}.json`, ui), 'utf8')), tag)
    Object.assign(t, said)
    const language = `lang="${tag}" dir="${directionOf(tag)}"`
    for (const [name, content] of [
      ['first', drawn(html`<parley-welcome></parley-welcome>`).replace(wall, '')],
      ['invited', drawn(html`<parley-welcome invite=""></parley-welcome>`).replace(wall, '')],
      ['rest', drawn(restTemplate())],
    ])
      templates.push(`<template data-shell="${name}" ${language}><div class="shell ${name}">${content}</div></template>`)
    words.push(drawn(html`<p>${t.needsScript}</p>`).replace('<p', `<p ${language}`))
  }
  Object.assign(t, english)
  const css = small(`${tokens.cssText}
    .shell:is(.first, .invited) { ${inside(ParleyWelcome.styles)} }
    .shell:is(.rest, .silent) { ${inside([base, appStyles])} block-size: 100%; overflow: auto; }`)
  return {
    css,
    cssFile: `assets/shell-${createHash('sha256').update(css).digest('hex').slice(0, 8)}.css`,
    templates: templates.join('\n'),
    withoutScripts: `<main class="shell silent"><div class="rest">${drawn(html`${mark}<h1 class="display">${t.app}</h1>`)}${words.join('')}</div></main>`,
  }
}

/** What is inside of the element alone, without its styles and the notes for a program that takes over. @param {string} drawn */
const plain = (drawn) =>
  (/<template shadowroot[^>]*>(.*)<\/template>/s.exec(drawn)?.[1] ?? drawn)
    .replace(/<style>.*?<\/style>/gs, '')
    .replace(/<!--.*?-->/gs, '')
    .replace(/ value="[^"]*"/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ (?=\/?>)|(?<=>) (?=<(?:path|\/svg))/g, '')

/** Styles of an element for one that has no shadow. @param {{ cssText: string }[]} styles */
const inside = (styles) => styles.map(({ cssText }) => cssText.replace(/:host\(([^)]*)\)/g, '&$1').replaceAll(':host', '&')).join('\n')

/** @param {string} css */
const small = (css) =>
  css
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};]) ?/g, '$1')
