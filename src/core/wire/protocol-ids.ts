// The names under which two programs of Parley meet on the wire. A change that an older program cannot follow takes a new number.

/** The one long-lived stream between two devices; carries `link-frames`. */
export const linkProtocol = '/parley/link/1'
/** libp2p's rendezvous specification, as rust and go speak it. */
export const rendezvousProtocol = '/rendezvous/1.0.0'
/** A node tells whoever opens a stream what it is, as JSON. */
export const publicInfoProtocol = '/parley/node-info/1'
/** Where a node tells the page that it serves who it is; holds `NodeInfo` as JSON. */
export const nodeInfoPath = '/parley.json'
