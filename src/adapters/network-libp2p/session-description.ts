// A session description (SDP) of one data channel, from the few things in it that differ from one connection to the next, and back.
import type { HandCandidate, HandSignal } from '../../core/hand/signal.ts'

/** What of a description goes from hand to hand. */
export type Described = Pick<HandSignal, 'fragment' | 'password' | 'fingerprint' | 'candidates'>

/** `undefined` when a browser writes what nobody expected. */
export const describedIn = (sdp: string): Described | undefined => {
  const [fragment, password, fingerprint] = [/^a=ice-ufrag:(\S+)/m, /^a=ice-pwd:(\S+)/m, /^a=fingerprint:sha-256 ([\dA-F:]{95})/im].map(
    (line) => line.exec(sdp)?.[1],
  )
  if (fragment === undefined || password === undefined || fingerprint === undefined) return undefined
  const candidates = [...sdp.matchAll(/^a=candidate:\S+ 1 udp (\d+) (\S+) (\d+) typ (host|srflx)/gim)]
    .toSorted((a, b) => Number(b[1]) - Number(a[1]))
    .map(([, , address = '', port, type]) => ({ type: type as HandCandidate['type'], address, port: Number(port) }))
  return { fragment, password, fingerprint: Uint8Array.from(fingerprint.split(':'), (byte) => Number.parseInt(byte, 16)), candidates }
}

/** The description that stands for what somebody handed over. */
export const descriptionOf = ({ kind, fragment, password, fingerprint, candidates }: HandSignal): RTCSessionDescriptionInit => ({
  type: kind,
  sdp: [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    `a=ice-ufrag:${fragment}`,
    `a=ice-pwd:${password}`,
    `a=fingerprint:sha-256 ${[...fingerprint].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':')}`,
    `a=setup:${kind === 'offer' ? 'actpass' : 'active'}`,
    'a=mid:0',
    'a=sctp-port:5000',
    'a=max-message-size:262144',
    ...candidates.map(
      ({ type, address, port }, at) =>
        `a=candidate:${at + 1} 1 udp ${priorityOf(type, at)} ${address} ${port} typ ${type}${type === 'srflx' ? ' raddr 0.0.0.0 rport 9' : ''}`,
    ),
    'a=end-of-candidates',
    '',
  ].join('\r\n'),
})

/** RFC 8445 section 5.1.2.1, with the candidate's place as local preference. */
const priorityOf = (type: HandCandidate['type'], at: number): number =>
  (type === 'host' ? 126 : 100) * 2 ** 24 + (65_535 - at) * 2 ** 8 + 255
