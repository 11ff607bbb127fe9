// How one reaches people, in words: the state, what waits, the meeting points and who is connected now. Used by two sheets.
import { css, html, nothing } from 'lit'
import type { ConnectionView, LinkView } from '../../ports/queries.ts'
import { ask } from '../events.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { timeOf } from '../locales/dates.ts'
import { t } from '../locales/index.ts'

/** The part of a node's multiaddr that a person can recognise: host and port. */
export const nodeName = (address: string): string => {
  const [, , host = address, , port] = address.split('/')
  return port === undefined ? host : `${host}:${port}`
}

/** How a link runs, through whom, how long there and back, and since when. */
export const linkText = (link: LinkView): string =>
  [
    `${t.path[link.path]}${throughText(link)}`,
    ...(link.roundTripMs === undefined ? [] : [t.roundTrip(link.roundTripMs)]),
    t.since(timeOf(link.since)),
  ].join(' · ')

const throughText = ({ through }: LinkView): string => {
  if (through === undefined) return ''
  return ` (${through.kind === 'node' ? nodeName(through.address) : shownName(through.name, t.someone)})`
}

export const connectionDetails = (connection: ConnectionView | undefined) => {
  if (!connection) return html`<p class="soft">${t.connectionText.connecting}</p>`
  const { state, waiting, nodes, links } = connection
  return html`
    <p>${t.connectionText[state]}</p>
    ${waiting > 0 ? html`<p class="soft">${t.waitingText(waiting)}</p>` : nothing}
    <section>
      <h3>${t.links}</h3>
      ${
        links.length === 0
          ? html`<p class="soft small">${t.noLinks}</p>`
          : html`<ul role="list">
            ${links.map(
              (link) => html`<li>
                <bdi>${shownName(link.person, t.someone)}</bdi>
                <span class="soft small">${linkText(link)}</span>
              </li>`,
            )}
          </ul>`
      }
    </section>
    <section>
      <h3>${t.nodes}</h3>
      <p class="soft small">${nodes.length === 0 ? t.noNodes : t.nodesText}</p>
      <ul role="list">
        ${nodes.map(
          (node) => html`<li>
            <bdi class="address" title=${node.address}>${nodeName(node.address)}</bdi>
            <span class="small node ${node.state}">${icon(nodeIcons[node.state])}${t.nodeState[node.state]}</span>
            ${node.trouble === undefined || node.state === 'reserved' ? nothing : html`<span class="soft small trouble">${t.nodeTrouble[node.trouble]}</span>`}
          </li>`,
        )}
      </ul>
      <button class="button nodes" type="button" @click=${(event: Event) => ask(event.currentTarget as HTMLElement, 'open-sheet', { kind: 'nodes' })}>${t.manageNodes}</button>
    </section>
  `
}

export const nodeIcons = {
  idle: 'dashed',
  connecting: 'dashed',
  connected: 'check',
  reserved: 'check',
  full: 'offline',
  unreachable: 'offline',
} as const

/** How the state of a node looks. */
export const nodeStyles = css`
  .address {
    font: var(--text-s) var(--mono);
  }
  .node {
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
    color: var(--ink-soft);
  }
  .node.reserved {
    color: var(--good);
  }
  .node.unreachable,
  .node.full {
    color: var(--warn);
  }
`

export const connectionDetailsStyles = css`
  ${nodeStyles}

  section {
    display: grid;
    gap: var(--space-1);
  }
  h3 {
    font-size: var(--text-s);
    font-weight: 650;
  }
  section li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 var(--space-3);
    padding-block: var(--space-1);
    overflow-wrap: anywhere;
  }
  .nodes {
    justify-self: start;
    margin-block-start: var(--space-2);
  }
  .trouble {
    inline-size: 100%;
  }
`
