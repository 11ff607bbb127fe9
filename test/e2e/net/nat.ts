// The kinds of homes, and what their routers do in the words of nftables. The words are those of RFC 4787: a NAT maps an inside port to an
// outside one (the same for every destination, or another for each), and filters what comes back.

/**
 * - `flat`: no router, a public address.
 * - `full-cone`: endpoint-independent mapping and filtering: once a port was used, anybody may send to it.
 * - `port-restricted`: the same mapping; only addresses and ports that were sent to may answer. Most routers of homes.
 * - `symmetric`: another outside port for every destination, filtered likewise. Mobile networks and offices.
 * - `udp-blocked`: no UDP goes out.
 */
export const homeKinds = ['flat', 'full-cone', 'port-restricted', 'symmetric', 'udp-blocked'] as const
export type HomeKind = (typeof homeKinds)[number]
export type NatKind = Exclude<HomeKind, 'flat'>

/** Whether two such homes can reach each other directly with no more than STUN. */
export const allowsDirect = (a: HomeKind, b: HomeKind): boolean => {
  const kinds: readonly HomeKind[] = [a, b]
  if (kinds.includes('udp-blocked')) return false
  if (!kinds.includes('symmetric')) return true
  // The port of a symmetric home cannot be foretold: the other has to take whatever comes.
  return kinds.includes('flat') || kinds.includes('full-cone')
}

/** Rules for a router between `lan` and `wan` with one computer at the address `inside`. */
export const routerRules = (kind: NatKind, inside: string): string => `
table ip home {
  set mapped { type inet_service; flags dynamic,timeout; timeout 5m; size 65535; }
  chain prerouting {
    type nat hook prerouting priority dstnat
    ${kind === 'full-cone' ? `iifname "wan" udp dport @mapped dnat to ${inside}` : ''}
  }
  chain postrouting {
    type nat hook postrouting priority srcnat
    oifname "wan" masquerade ${kind === 'symmetric' ? 'fully-random' : ''}
  }
  chain forward {
    type filter hook forward priority filter; policy drop
    ${kind === 'udp-blocked' ? 'meta l4proto udp drop' : 'iifname "lan" update @mapped { udp sport }'}
    iifname "lan" accept
    ct state established,related accept
    ct status dnat accept
  }
  # What comes unasked is dropped here too: else the router itself would take the packet, and with it the port that the one inside needs
  # for the same two ends a moment later.
  chain input {
    type filter hook input priority filter
    iifname "wan" drop
  }
}`
