// libp2p in a real Chromium, with real bootstrap-nodes in their own processes and real WebRTC.
import { inject } from 'vitest'
import { createLibp2pNetwork } from '../../src/adapters/network-libp2p/index.ts'
import { networkContract } from './network.contract.ts'

const control = async <T>(path: string): Promise<T> => {
  const response = await fetch(`${inject('nodeControl')}${path}`, { method: 'POST' })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as T
}

networkContract('libp2p', async () => {
  const node = await control<{ id: string; address: string; stun: string }>('/new')
  return {
    nodes: [node.address],
    create: () => createLibp2pNetwork({ insecureNodes: true, stunUrls: () => [node.stun] }),
    cutNode: () => control(`/kill?id=${node.id}`),
    restoreNode: () => control(`/revive?id=${node.id}`),
    end: () => control(`/end?id=${node.id}`),
  }
})
