// The badge beside a name whose safety number was compared and found equal.
import { css, html, type TemplateResult } from 'lit'
import { t } from '../locales/index.ts'
import { icon } from './icons.ts'

/** Has a name of its own, so that it is heard behind the person's. */
export const verifiedBadge = (): TemplateResult =>
  html`<span class="verified" role="img" aria-label=${t.verified} title=${t.verified}>${icon('verified')}</span>`

export const badgeStyles = css`
  .verified {
    display: inline-flex;
    flex: none;
    vertical-align: -0.15em;
    color: var(--good);
  }
  .verified .icon {
    inline-size: 1.125em;
    block-size: 1.125em;
  }
`
