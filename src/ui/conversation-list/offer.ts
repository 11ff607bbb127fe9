// What the page offers at the foot of the list, one thing at a time: a newer version of itself, or to tell of new messages.
import { css, html, nothing, type TemplateResult } from 'lit'
import { icon, type IconName } from '../elements/icons.ts'
import { t } from '../locales/index.ts'

export type Offer = 'newer-version' | 'notifications'

const looks: Record<
  Offer,
  { readonly icon: IconName; readonly text: () => string; readonly yes: () => string; readonly no?: () => string }
> = {
  'newer-version': { icon: 'sparkle', text: () => t.newerVersion, yes: () => t.useItNow },
  notifications: { icon: 'bell', text: () => t.notifyOffer, yes: () => t.notifyYes, no: () => t.notNow },
}

/** `answer` is told yes or no. */
export const offerTemplate = (offer: Offer | undefined, answer: (yes: boolean) => void): TemplateResult | typeof nothing => {
  if (offer === undefined) return nothing
  const { icon: name, text, yes, no } = looks[offer]
  return html`<section class="offer" aria-label=${yes()}>
    ${icon(name)}
    <p>${text()}</p>
    <div class="row">
      <button class="button" type="button" @click=${() => answer(true)}>${yes()}</button>
      ${no ? html`<button class="button plain" type="button" @click=${() => answer(false)}>${no()}</button>` : nothing}
    </div>
  </section>`
}

export const offerStyles = css`
  .offer {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--space-2) var(--space-3);
    margin: 0 var(--space-3) var(--space-3);
    padding: var(--space-3) var(--space-4);
    border-radius: var(--radius-l);
    background: var(--accent-soft);
    color: var(--on-accent-soft);
    font-size: var(--text-s);
  }
  .offer .row {
    grid-column: 2;
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1);
  }
  .offer .button.plain {
    color: inherit;
  }
  @media (forced-colors: active) {
    .offer {
      border: 1px solid CanvasText;
    }
  }
`
