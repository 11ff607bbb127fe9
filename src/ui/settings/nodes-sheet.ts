// <parley-nodes-sheet>: the meeting points that this device knows, how they are, which are used; adding one, which is tried out before one's
// eyes, and removing one. Asks `add-node` and `remove-node`.
import { css, html, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ConnectionView, NodeView } from '../../ports/queries.ts'
import type { NodeTrial } from '../../ports/network.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import { nodeIcons, nodeName, nodeStyles } from './connection-details.ts'
import { problemLine } from '../elements/problem.ts'

export class ParleyNodesSheet extends SheetElement {
  static override properties = { connection: { attribute: false }, typed: {}, problem: {}, busy: { type: Boolean } }
  declare connection: ConnectionView | undefined
  /** What stands in the field at first, as from a link. */
  declare typed: string | undefined
  declare problem: string | undefined
  declare busy: boolean

  static override styles = [
    ...sheetStyles,
    fields,
    nodeStyles,
    css`
      form,
      .trial {
        display: grid;
        gap: var(--space-3);
      }
      input {
        font-family: var(--mono);
        font-size: var(--text-s);
      }
      .known li {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 0 var(--space-3);
        align-items: center;
        padding-block: var(--space-2);
        border-block-end: 1px solid var(--line);
        overflow-wrap: anywhere;
      }
      .known p {
        grid-column: 1;
      }
      .known .button {
        grid-column: 2;
        grid-row: 1 / span 3;
      }
      /* Waits empty for what is read out, and takes no room until then. */
      .tried:not(:has(.trial)) {
        position: absolute;
      }
      .trial li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--space-2);
      }
      .trial .done {
        color: var(--good);
      }
      .trial .failed {
        color: var(--bad);
      }
      .trial .waiting {
        color: var(--ink-soft);
      }
    `,
  ]

  get heading(): string {
    return t.nodes
  }

  body() {
    const { nodes = [], trial } = this.connection ?? {}
    return html`
      <p class="soft small">${nodes.length === 0 ? t.noNodes : t.nodesText}</p>
      <ul role="list" class="known" aria-label=${t.nodes}>
        ${repeat(
          nodes,
          ({ address }) => address,
          (node) => this.#node(node),
        )}
      </ul>
      <form @submit=${this.#add} novalidate>
        <label>
          ${t.nodeAddress}
          <input name="node" inputmode="url" autocomplete="off" spellcheck="false" dir="ltr" .value=${this.typed ?? ''} aria-describedby="node-text" />
        </label>
        <p class="soft small" id="node-text">${t.nodeAddressText}</p>
        ${problemLine(this.problem)}
        <button class="button primary" ?disabled=${this.busy}>${t.addNode}</button>
      </form>
      <div class="tried" aria-live="polite">${trial === undefined ? nothing : this.#trial(trial)}</div>
    `
  }

  #node(node: NodeView) {
    const name = nodeName(node.address)
    return html`<li>
      <p><bdi class="address" title=${node.address}>${name}</bdi></p>
      <p class="small node ${node.state}">${icon(nodeIcons[node.state])}${t.nodeState[node.state]}${node.chosen ? ` · ${t.nodeChosen}` : nothing}</p>
      <p class="soft small">
        ${node.origin === 'told' ? t.nodeTold(shownName(node.from, t.someone)) : t.nodeOrigin[node.origin]}
        ${node.trouble === undefined || node.state === 'reserved' ? nothing : t.nodeTrouble[node.trouble]}
      </p>
      ${
        node.origin === 'page'
          ? nothing
          : html`<button class="button" type="button" aria-label=${t.removeNode(name)} @click=${() => ask(this, 'remove-node', node.address)}>
              ${t.forget}
            </button>`
      }
    </li>`
  }

  #trial({ address, steps }: NodeTrial) {
    return html`<section class="trial">
      <h3>${t.tryingNode(nodeName(address))}</h3>
      <ol role="list" aria-label=${t.tryingNode(nodeName(address))}>
        ${steps.map(
          ({ step, state, ms, trouble }) => html`<li class="small ${state}">
            ${icon(trialIcons[state])}<span>${t.trialStep[step]}</span><span>${t.trialState[state]}</span>
            ${state === 'done' && ms !== undefined ? html`<span class="soft">${t.milliseconds(ms)}</span>` : nothing}
            ${trouble === undefined ? nothing : html`<span>${t.nodeTrouble[trouble]}</span>`}
          </li>`,
        )}
      </ol>
    </section>`
  }

  #add(event: Event): void {
    event.preventDefault()
    const input = this.renderRoot.querySelector<HTMLInputElement>('input[name="node"]')
    ask(this, 'add-node', input?.value.trim() ?? '')
  }
}

const trialIcons = { waiting: 'dashed', doing: 'hourglass', done: 'check', failed: 'alert' } as const

customElements.define('parley-nodes-sheet', ParleyNodesSheet)
