// The WebRTC dial race of @libp2p/webrtc 6.0.33: the dialler opens a throw-away data channel named `init`, and after ICE waits for it to
// open. The other side may have closed it by then, and the dial hangs until it times out (14 of 80 dials, measured).
// The channel only has to exist, so what is handed out instead is a stand-in that is always open, and closed as soon as it is told to: the
// library would wait for the end of the real one, one to two round trips, lest its id be given away twice. Browsers see to that themselves:
// an id is free again once both sides have reset it (RFC 8831, section 6.7).
// Only channels of that name are touched; offer the fix upstream and remove this file when it is in a release.

/** Call once before the first dial; further calls do nothing. */
export const avoidWebrtcDialRace = (): void => {
  // Some browsers are hardened by having no WebRTC at all: then there are no direct paths, and all the rest works.
  if (globalThis.RTCPeerConnection === undefined) return
  const prototype: PatchedPrototype = RTCPeerConnection.prototype
  if (prototype.parleyAvoidsDialRace === true) return
  prototype.parleyAvoidsDialRace = true
  const createDataChannel = prototype.createDataChannel
  prototype.createDataChannel = function (label, options) {
    const channel = createDataChannel.call(this, label, options)
    return label === 'init' ? (standInFor(channel) as unknown as RTCDataChannel) : channel
  }
}

interface PatchedPrototype extends RTCPeerConnection {
  parleyAvoidsDialRace?: boolean
}

const standInFor = (channel: RTCDataChannel): EventTarget => {
  const standIn = Object.assign(new EventTarget(), {
    readyState: 'open',
    close() {
      channel.close()
      queueMicrotask(() => standIn.dispatchEvent(new Event('close')))
    },
  })
  return standIn
}
