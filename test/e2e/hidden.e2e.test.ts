// Story: Alice hides her address. What was direct becomes relayed, the chat goes on, and her page makes no peer connection any more, also when
// Bob's asks for one. With two nodes she has a way through each: when one is killed, the other carries on.
import { expect } from 'vitest'
import { story } from './world/story.ts'

/** How soon a node is used, and one that fails is left for another, in milliseconds. */
const nodeMs = 15_000

story(
  'With her address hidden Alice makes no WebRTC connection, and talks with Bob through one of two nodes when the other is killed',
  async (world) => {
    const second = await world.addNode()
    const [alice, bob] = await world.pair('Alice', 'Bob')
    await alice.connection(/Direct/)
    await alice.addNode(second.address, /Others reach this device through it.*yes/s)
    for (const person of [alice, bob]) await person.seesNode(`127.0.0.1:${second.port}`, /Ready for you/, nodeMs)
    await alice.say('you see where I am')
    await bob.sees(['you see where I am'])
    await alice.page().evaluate(() => {
      const made: string[] = []
      Object.assign(globalThis, { made })
      globalThis.RTCPeerConnection = new Proxy(RTCPeerConnection, {
        construct: (target, args: ConstructorParameters<typeof RTCPeerConnection>) => {
          made.push('a peer connection')
          return new target(...args)
        },
      })
    })

    await alice.hideAddress()
    await alice.connection(/Relayed/)
    await bob.connection(/Relayed/)
    await alice.say('now you do not')
    await bob.sees(['you see where I am', 'now you do not'])
    await bob.say('true')
    const said = ['you see where I am', 'now you do not', 'true']
    await alice.sees(said)
    await world.node.kill()
    await alice.say('through the other')
    await bob.sees([...said, 'through the other'], nodeMs)
    await bob.say('also back')
    await alice.sees([...said, 'through the other', 'also back'])
    await alice.connection(/Relayed/)
    expect(await alice.page().evaluate(() => (globalThis as unknown as { made: string[] }).made)).toEqual([])
  },
)
