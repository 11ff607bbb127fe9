// WebRTC-direct, with which a page on https reaches a node that has no domain: the node's address carries the hash of its certificate.
// @libp2p/webrtc 6.0 dials version 1 only, which rewrites name and password in the browser's own offer ("munging"), and browsers begin to
// refuse that. Version 2 (libp2p specs, webrtc-direct.md) leaves the offer alone and tells the node the browser's password in the name that
// the made-up answer gives to the node. Here it is dialled first; an older node that does not answer is dialled with version 1 the next time.
// Danger: RTCPeerConnection itself is amended, for offers that the library rewrote and for no others. Remove this when a release dials both.

const munged = 'libp2p+webrtc+v1/'
const version2 = 'libp2p+webrtc+v2/'

/** Call once before the first dial; further calls do nothing. */
export const speakWebrtcDirect2 = (): void => {
  // Some browsers are hardened by having no WebRTC at all: then nodes are reached over WebSockets.
  if (globalThis.RTCPeerConnection === undefined) return
  const prototype = RTCPeerConnection.prototype as unknown as PatchedPrototype
  if (prototype.parleySpeaksWebrtcDirect2 === true) return
  prototype.parleySpeaksWebrtcDirect2 = true
  const { setLocalDescription, setRemoteDescription } = prototype
  const held = new WeakMap<RTCPeerConnection, RTCSessionDescriptionInit>()

  // What version it is depends on whom it is for, and that only the answer tells.
  prototype.setLocalDescription = function (description) {
    if (description?.type !== 'offer' || nameIn(description.sdp)?.startsWith(munged) !== true)
      return setLocalDescription.call(this, description)
    held.set(this, description)
    return Promise.resolve()
  }

  prototype.setRemoteDescription = async function (description) {
    const offer = held.get(this)
    if (offer === undefined || description === undefined) return setRemoteDescription.call(this, description)
    held.delete(this)
    const version = versionFor(this, addressIn(description.sdp))
    await setLocalDescription.call(this, version === 1 ? offer : undefined)
    await setRemoteDescription.call(this, version === 1 ? description : answerFor(description, passwordIn(this.localDescription?.sdp)))
  }
}

/** As far as this file is concerned: without the older form of both, which takes callbacks. */
interface PatchedPrototype {
  setLocalDescription(this: RTCPeerConnection, description?: RTCSessionDescriptionInit): Promise<void>
  setRemoteDescription(this: RTCPeerConnection, description?: RTCSessionDescriptionInit): Promise<void>
  parleySpeaksWebrtcDirect2?: boolean
}

/** The version to try next at each address (IP and port). */
const versions = new Map<string, 1 | 2>()

/** The version for this dial; the next one tries the other, unless this one connects. */
const versionFor = (dialling: RTCPeerConnection, address: string): 1 | 2 => {
  const version = versions.get(address) ?? 2
  versions.set(address, version === 1 ? 2 : 1)
  dialling.addEventListener('connectionstatechange', () => dialling.connectionState === 'connected' && versions.set(address, version))
  return version
}

const answerFor = ({ sdp = '' }: RTCSessionDescriptionInit, password: string): RTCSessionDescriptionInit => ({
  type: 'answer',
  sdp: sdp.replace(/^a=ice-(ufrag|pwd):.*$/gm, (_, kind: string) => `a=ice-${kind}:${version2}${password}`),
})

const nameIn = (sdp = ''): string | undefined => /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1]

/** Throws when the browser does not say: half a credential is none. */
const passwordIn = (sdp = ''): string => {
  const password = /^a=ice-pwd:([a-zA-Z0-9+/]{22,239})\s*$/m.exec(sdp)?.[1]
  if (password === undefined) throw new Error('the browser does not say its ICE password')
  return password
}

const addressIn = (sdp = ''): string => `${/^c=IN IP\d (\S+)/m.exec(sdp)?.[1] ?? ''} ${/^m=application (\d+)/m.exec(sdp)?.[1] ?? ''}`
