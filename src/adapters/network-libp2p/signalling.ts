// Guards the way by which addresses are told. WebRTC's offers, answers and ICE candidates all go over one protocol on the relayed connection,
// and the transport answers whoever opens a stream of it: so those who may not learn this device's addresses get no answer.
// Not by libp2p's middleware: in libp2p 3.3 each incoming stream adds the handler to the list of middleware for good, so that from the second
// stream on it runs twice.
import type { WebRTCTransportComponents } from '@libp2p/webrtc'
import type { DeviceId } from '../../core/ids.ts'
import { peerToDevice } from './device-peer.ts'
import { withMethods } from './with-methods.ts'

/** Of @libp2p/webrtc, which does not export the name. */
const signallingProtocol = '/webrtc-signaling/0.0.1'

type Registrar = WebRTCTransportComponents['registrar']

/** The components for the WebRTC transport, with which it answers those alone that `mayLearn` names. */
export const guardSignalling = <Components extends { readonly registrar: Registrar }>(
  components: Components,
  mayLearn: (device: DeviceId) => boolean,
): Components => {
  const { registrar } = components
  const handle: Registrar['handle'] = (protocol, handler, options) => {
    if (protocol !== signallingProtocol) return registrar.handle(protocol, handler, options)
    return registrar.handle(
      protocol,
      (stream, connection) => {
        const device = peerToDevice(connection.remotePeer)
        if (device !== undefined && mayLearn(device)) return handler(stream, connection)
        stream.abort(new Error('addresses are not for this peer'))
      },
      options,
    )
  }
  return withMethods(components, 'registrar', { handle })
}
