// "7 of 7 hold the same history", and who lacks what when they do not.
import { css, html, nothing } from 'lit'
import type { ConsistencyView } from '../../ports/queries.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { t } from '../locales/index.ts'

const gapsOf = ({ gaps }: ConsistencyView): readonly string[] =>
  gaps.flatMap(({ person, theyLack, weLack }) => {
    const name = shownName(person, t.someone)
    return [...(theyLack > 0 ? [t.theyLack(name, theyLack)] : []), ...(weLack > 0 ? [t.weLack(name, weLack)] : [])]
  })

export const consistencyTemplate = (view: ConsistencyView) => {
  if (view.of < 2) return html`<p class="soft small">${t.nobodyToCompare}</p>`
  const gaps = gapsOf(view)
  return html`<div class="same ${view.same === view.of ? 'whole' : 'gap'}">
    ${icon(view.same === view.of ? 'checkCheck' : 'hourglass')}
    <div>
      <p>${t.sameHistory(view.same, view.of)}</p>
      ${gaps.length === 0 ? nothing : html`<ul role="list" class="small">${gaps.map((gap) => html`<li>${gap}</li>`)}</ul>`}
      <p class="soft small">${t.sameHistoryText}</p>
    </div>
  </div>`
}

export const consistencyStyles = css`
  .same {
    display: flex;
    gap: var(--space-3);
  }
  .same > .icon {
    margin-block-start: 0.125em;
  }
  .same.whole > .icon {
    color: var(--good);
  }
  .same.gap > .icon {
    color: var(--warn);
  }
`
