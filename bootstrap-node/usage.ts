// What the command line says of itself.
import { homedir } from 'node:os'
import { join } from 'node:path'

export const usage = `Usage: node bootstrap-node/main.ts [options]
       node bootstrap-node/main.ts check ADDRESS      tries everything that a page does at a node
       node bootstrap-node/main.ts invite [--days N]  makes an invite to a private node (--data, --public-url as below)

  --port NUMBER          port of page and relay (TCP), WebRTC-direct and STUN (UDP); 0 takes a free one   [8080]
  --host ADDRESS         address to listen on                                                  [0.0.0.0]
  --data DIR             where the node keeps its identity                                     [${folderOfData()}]
  --page DIR             folder of the built page                                              [dist]
  --no-page              serve no page
  --name TEXT            what you call this node                                               [Parley node]
  --contact TEXT         how people reach you
  --public-url URL       where people reach the node, when a proxy or a domain stands before it
  --app-url URL          a page over https elsewhere: the printed link opens it with this node added
  --trusted-proxy CIDRS  believe X-Forwarded-For of these, with commas between
  --tls-cert FILE        certificate chain (PEM); read again when it is renewed
  --tls-key FILE         its key (PEM)
  --auto-tls agree       a certificate without a domain, by libp2p's public service; makes address and peer id public
  --deny FILE            peers and CIDRs that are refused, one a line
  --allow FILE           peers and CIDRs that are let in, and nobody else
  --invite-only          let nobody in but devices that came with an invite
  --limits FILE          limits that differ from the usual ones, as JSON
  --metrics-host HOST    tell metrics at HOST or HOST:PORT too (port 9464 when none is said)   [this machine only]
  --no-self-test         do not try the node's own addresses at the start
  --log LEVEL            silent, error, warn, info or debug                                    [info]
  --help                 this text

SIGHUP reads limits, lists and certificate again. SIGTERM lets relayed links end, for 25 seconds at most.
`

/** Where this system keeps what programs keep for a person. */
export function folderOfData(): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'parley-node')
  if (process.platform === 'win32') return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'parley-node')
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'parley-node')
}
