// Story: Alice hides her address. What was direct becomes relayed, the chat goes on, and her page makes no peer connection any more, also when
// Bob's asks for one.
import { expect } from 'vitest'
import { story } from './world/story.ts'

story('With her address hidden Alice talks with Bob through the node, and her page makes no WebRTC connection at all', async (world) => {
  const [alice, bob] = await world.pair('Alice', 'Bob')
  await alice.connection(/Direct/)
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
  await alice.sees(['you see where I am', 'now you do not', 'true'])
  expect(await alice.page().evaluate(() => (globalThis as unknown as { made: string[] }).made)).toEqual([])
})
