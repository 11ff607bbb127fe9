// The mark: two voices that meet.
import { html } from 'lit'

export const mark = html`<svg class="icon mark" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M10.5 5.5H9a6.5 6.5 0 0 0 0 13h1.5z" fill="currentColor"></path>
  <path d="M13.5 5.5H15a6.5 6.5 0 0 1 0 13h-1.5z"></path>
</svg>`
