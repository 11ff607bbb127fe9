// Who knocks for WebRTC-direct. There is no signalling: the first STUN check of a browser carries, as its user name, all that the node must
// know (libp2p's webrtc-direct.md). Version 1 names one secret that both sides use as name and password. Version 2 leaves the browser's own
// name and password alone and puts the password into the node's name. Whatever is neither is nobody: versions are not guessed.

export interface IceCredentials {
  /** Name and password of the node on this connection. */
  readonly own: string
  /** Name of the guest. */
  readonly guest: string
  readonly guestPassword: string
}

const userNameAttribute = 0x0006
const headerBytes = 20
/** RFC 8839 section 5.4. What is not of these kinds would reach native code, and end the process there. */
const iceName = /^[a-zA-Z0-9+/]{4,256}$/
const icePassword = /^[a-zA-Z0-9+/]{22,256}$/
const version1 = 'libp2p+webrtc+v1/'
const version2 = 'libp2p+webrtc+v2/'

/** The USERNAME of a binding request; `undefined` when it has none, as when a page only asks for its own address. */
export const userNameIn = (request: Uint8Array): string | undefined => {
  const view = new DataView(request.buffer, request.byteOffset, request.byteLength)
  for (let at = headerBytes; at + 4 <= request.length;) {
    const bytes = view.getUint16(at + 2)
    if (view.getUint16(at) === userNameAttribute)
      return at + 4 + bytes <= request.length ? Buffer.from(request.subarray(at + 4, at + 4 + bytes)).toString('latin1') : undefined
    at += 4 + Math.ceil(bytes / 4) * 4
  }
  return undefined
}

/** The credentials that a user name stands for; `undefined` for anything malformed or of no known version. */
export const credentialsIn = (userName: string): IceCredentials | undefined => {
  const [own = '', guest = '', ...more] = userName.split(':')
  if (more.length > 0 || !icePassword.test(own) || !iceName.test(guest)) return undefined
  if (own.startsWith(version1)) return own === guest ? { own, guest, guestPassword: own } : undefined
  if (!own.startsWith(version2)) return undefined
  const guestPassword = own.slice(version2.length)
  return icePassword.test(guestPassword) ? { own, guest, guestPassword } : undefined
}
