// The quiet place while conversations are being opened: the mark, and that it is under way.
import { html } from 'lit'
import { t } from '../locales/index.ts'
import { mark } from './mark.ts'

export const restTemplate = () => html`<div class="rest" aria-busy="true">${mark}<p class="soft">${t.loading}</p></div>`
