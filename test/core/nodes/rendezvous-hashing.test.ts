// Rendezvous hashing: one order for all, evenly spread, and a node that goes away moves nobody else.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { byWeight, nodeIdOf } from '../../../src/core/nodes/rendezvous-hashing.ts'

const nodes = Array.from({ length: 8 }, (_, n) => `/dns/node-${n}.example/tcp/443/tls/ws/p2p/peer${n}`)
const keys = Array.from({ length: 4_000 }, (_, n) => `key ${n}`)

test('everybody finds the same order, however their list is sorted and the addresses are spelt', () =>
  fc.assert(
    fc.property(fc.string(), fc.shuffledSubarray(nodes, { minLength: nodes.length }), (key, shuffled) => {
      expect(byWeight(key, shuffled)).toEqual(byWeight(key, nodes))
      const spelt = shuffled.map((node) => node.replace('tls/ws', 'wss'))
      expect(byWeight(key, spelt).map(nodeIdOf)).toEqual(byWeight(key, nodes).map(nodeIdOf))
    }),
  ))

test('a node under two addresses counts once, under the first', () => {
  const twice = [nodes[0] ?? '', (nodes[0] ?? '').replace('tls/ws', 'wss')]
  expect(byWeight('key', twice)).toEqual([nodes[0]])
})

test('keys spread evenly', () => {
  const counts = new Map<string, number>()
  for (const key of keys) {
    const [first = ''] = byWeight(key, nodes)
    counts.set(first, (counts.get(first) ?? 0) + 1)
  }
  expect(counts.size).toBe(nodes.length)
  for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(100)
})

test('a node that goes away leaves the order of the others as it was', () => {
  const [gone, ...left] = nodes
  for (const key of keys.slice(0, 200)) expect(byWeight(key, left)).toEqual(byWeight(key, nodes).filter((node) => node !== gone))
})
