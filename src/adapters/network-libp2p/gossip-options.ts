// Gossipsub's settings for rooms of people behind relays and home routers.
import type { GossipsubOpts } from '@libp2p/gossipsub'
import { createTopicScoreParams } from '@libp2p/gossipsub/score'
import { toHex } from '../../core/ids.ts'
import { maxGossipBytes } from '../../core/limits.ts'
import { maxConnections } from './config.ts'

/** A topic is a tag: 16 bytes in hex. */
export const isTopic = (topic: string): boolean => /^[0-9a-f]{32}$/.test(topic)

const none = new Uint8Array()

export const gossipOptions: Partial<GossipsubOpts> = {
  globalSignaturePolicy: 'StrictSign',
  fallbackToFloodsub: false,
  allowPublishToZeroTopicPeers: true,
  // Gossip over a relayed link would keep its stream there and die with the node (see STACK): direct links only.
  runOnLimitedConnection: false,
  doPX: false,
  emitSelf: false,
  // Links are few and chosen one by one, so everybody who is linked has a place in the mesh. With the library's twelve places members who take
  // all of them and pass nothing on keep the others apart, each of whom is then refused for a minute.
  D: maxConnections,
  Dlo: maxConnections,
  Dhi: maxConnections,
  // A message comes over every link: one that is known already, by its author and number, is not worth a look at its signature.
  fastMsgIdFn: ({ from, seqno }) => `${toHex(from ?? none)} ${toHex(seqno ?? none)}`,
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

/**
 * How peers are judged within a topic. The library's defaults are made for topics that are never quiet: they take points from whoever
 * does not deliver twenty messages in a few seconds, and give so many for being there that lies cost nothing. Here silence is free,
 * presence and news earn a few points (8 at most), and three invalid messages within seconds shut a peer out for a while.
 */
export const topicScore = createTopicScoreParams({
  topicWeight: 1,
  timeInMeshWeight: 0.01,
  timeInMeshQuantum: 1_000,
  timeInMeshCap: 300,
  firstMessageDeliveriesWeight: 0.1,
  firstMessageDeliveriesDecay: 0.9,
  firstMessageDeliveriesCap: 50,
  meshMessageDeliveriesWeight: 0,
  meshFailurePenaltyWeight: 0,
  invalidMessageDeliveriesWeight: -10,
  invalidMessageDeliveriesDecay: 0.9,
})
