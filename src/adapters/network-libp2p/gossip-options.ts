// Gossipsub's settings for rooms of people behind relays and home routers.
import type { GossipsubOpts } from '@libp2p/gossipsub'
import { maxGossipBytes } from '../../core/limits.ts'

/** A topic is a tag: 16 bytes in hex. */
export const isTopic = (topic: string): boolean => /^[0-9a-f]{32}$/.test(topic)

export const gossipOptions: Partial<GossipsubOpts> = {
  globalSignaturePolicy: 'StrictSign',
  fallbackToFloodsub: false,
  allowPublishToZeroTopicPeers: true,
  // Gossip over a relayed link would keep its stream there and die with the node (see STACK): direct links only.
  runOnLimitedConnection: false,
  doPX: false,
  emitSelf: false,
  // Signature, key and topic come on top of a message.
  maxInboundDataLength: maxGossipBytes + 1024,
  // A peer that reads slowly is skipped; sync brings what it missed.
  maxOutboundBufferSize: 16 * maxGossipBytes,
  maxTopicBytesPerPeer: 512 * 1024,
  decodeRpcLimits: {
    maxSubscriptions: 512,
    maxMessages: 256,
    maxIhaveMessageIDs: 1_000,
    maxIwantMessageIDs: 1_000,
    maxIdontwantMessageIDs: 512,
    maxControlMessages: 512,
    maxPeerInfos: 0,
  },
  scoreParams: {
    // Everybody dialled through one node has that node's address: twelve such peers would be muted.
    IPColocationFactorWeight: 0,
  },
}
