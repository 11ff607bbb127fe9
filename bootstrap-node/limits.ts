// Every limit of the node, each with its reason. A node treats everyone as hostile, politely: what it refuses, an honest page hardly asks.
// An operator changes them with `--limits FILE` (see limits-file.ts); everyone who obeys one reads it anew each time, so a reload counts.

const minute = 60_000

export const limits = {
  /** Open connections in all: about 85 KiB of live memory each with its slot (measured), so that a full node stays within 512 MB. */
  connections: 4_000,
  /** Connections of one IPv4 address or one IPv6 /56, which is what one household or one small office gets. */
  connectionsPerSubnet: 32,
  /** Connections of one IPv6 /48, which is what one customer of a hoster gets. */
  connectionsPerSite: 128,
  /** New connections a second from one IPv4 or /56 once the burst is used up: reloads are fine, floods are not. */
  connectionsPerSecond: 2,
  /** New connections at once from one IPv4 or /56: everybody in an office comes back after a restart. */
  connectionBurst: 32,
  /** TCP sockets of one IPv4 or /56, of pages and requests together: 32 connections, and browsers fetch the page over six each. */
  socketsPerSubnet: 224,
  /** New TCP sockets a second from one IPv4 or /56 once that many came at once: each costs a look at a request, or a TLS handshake. */
  socketsPerSecond: 20,
  /** Listeners at the TCP port, each of which takes one socket in a turn of the event loop: 64 in the 10 ms of a busy one are 6,400 a second. */
  doors: 64,
  /** TCP sockets that may wait at each of them: those that find no room try again a second later. More, and they wait longer than anybody would. */
  waitingSockets: 511,
  /** Milliseconds until the first byte on a TCP socket: whoever connects has something to ask. */
  silentSocketMs: 10_000,
  /** Handshakes that may be under way at once, which end after ten seconds: it takes a hundred addresses that say nothing to keep others out. */
  pendingConnections: 2_000,
  /** Relay slots in all: one for each page that is open. */
  reservations: 4_000,
  /** Relay slots of one IPv4 or /56. */
  reservationsPerSubnet: 16,
  /** Relay slots of one IPv6 /48. */
  reservationsPerSite: 64,
  /** Milliseconds that a slot lasts without renewal. A page that leaves frees its slot at once; this is for what was missed. */
  reservationTtlMs: 30 * minute,
  /** Milliseconds that one relayed link may live: long enough to chat where no direct path can be had. */
  relayedLinkMs: 60 * minute,
  /** Bytes over one relayed link, both ways together: text, and pictures of a day, but no films. */
  relayedLinkBytes: 64n * 1024n * 1024n,
  /** Relayed links that one page may dial at once. A page holds at most 40 connections, and tries several nodes. */
  relayedLinksPerPeer: 64,
  /** Milliseconds for one exchange of the relay protocol: two round trips of a slow phone. */
  relayHandshakeMs: 15_000,
  /** Names one device may be found under: one for each contact, group and day, with room. */
  registrationsPerPeer: 1_000,
  /** Registrations in all: 64 for each of the connections that fit, about 400 bytes each. */
  registrations: 250_000,
  /** Seconds a registration may last (the specification's three days) and lasts when nothing is said (its two hours). */
  registrationTtlMaxS: 72 * 3600,
  registrationTtlDefaultS: 2 * 3600,
  /** Rendezvous requests of one device: so many at once, */
  rendezvousBurst: 2_000,
  /** and so many a second after that. A page asks about once a second for a short time, and for a few names. */
  rendezvousPerSecond: 50,
  /** Streams on which one device may ask at once. */
  rendezvousStreams: 8,
  /** STUN answers a second to one address; an answer is no larger than twice its question, so it is no use for amplification. */
  stunPerSecond: 50,
  /** Devices that may come by one invite to a private node: a family or a club, and their telephones. */
  guestsPerInvite: 50,
  /** Devices that a private node knows. */
  guests: 5_000,
  /** WebRTC-direct handshakes under way at once: each costs native memory, and who sends datagrams may lie about the address. */
  pendingGuests: 64,
  /** Milliseconds for one of them: ICE, DTLS, Noise on a slow phone. */
  guestHandshakeMs: 10_000,
  /** Milliseconds without a datagram after which a WebRTC-direct guest is gone: browsers check the way every few seconds. */
  silentGuestMs: 30_000,
  /** Bytes of a WebRTC-direct guest that is too fast, kept until it may go on: what it sends at most without an answer. What is more is lost. */
  heldGuestBytes: 1024 * 1024,
  /** Bytes that the system may keep for the UDP port, each way: a burst of 64 guests. */
  udpBufferBytes: 4 * 1024 * 1024,
  /** Streams that one device may open at once: all of its relayed links, twice. */
  streamBurst: 128,
  /** and so many a second after that: a page opens one for each dial, and one for each minute that it is there. */
  streamsPerSecond: 8,
  /** Bytes of one WebSocket message: encrypted frames are at most 64 KiB, and a batch of them is sent one by one. */
  webSocketMessageBytes: 1024 * 1024,
  /** Bytes of an HTTP request's headers. */
  httpHeaderBytes: 16 * 1024,
  /** Plain HTTP requests at once of one IPv4 or /56: the page is some thirty files, and an office of thirty reloads after an upgrade. */
  httpBurst: 900,
  /** and so many a second after that: one reload, again and again. */
  httpPerSecond: 30,
  /** Bytes a second over one relayed link, both ways together: speech and pictures pass, a file is better sent directly. */
  relayedLinkBytesPerSecond: 1024 * 1024,
  /** Bytes a second over all relayed links: 80 Mbit/s, what a small server has to give without a bill. Peers share it evenly. */
  relayedBytesPerSecond: 10 * 1024 * 1024,
  /** Bytes that a stream may send before it is acknowledged: what a slow reader can make the node hold. */
  streamWindowBytes: 1024 * 1024,
  /** Milliseconds that a node which ends waits for relayed links that carry something: systemd kills after 90 s, containers after 10 to 30. */
  drainMs: 25_000,
}

/** The limits in force. Numbers but for `relayedLinkBytes`, which the relay wants as a big one. */
export type Limits = Readonly<typeof limits>
