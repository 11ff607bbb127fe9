// Invites that are bad, damaged, old, used, from a newer version, or no invites at all: a plain sentence, a next action, nothing broken.
import { base64urlnopad } from '@scure/base'
import { expect } from 'vitest'
import { story } from './world/story.ts'
import type { Person } from './world/world.ts'

const payloadOf = (link: string): Uint8Array => base64urlnopad.decode(link.slice(link.indexOf('#/j/') + 4))
const withPayload = (link: string, change: (payload: Uint8Array) => Uint8Array): string =>
  link.slice(0, link.indexOf('#/j/') + 4) + base64urlnopad.encode(change(payloadOf(link)))

/** Where the minutes of the expiry stand (PROTOCOL section 2). */
const expiryAt = 33

const flawed = (link: string): readonly (readonly [what: string, link: string, sentence: RegExp])[] => [
  ['cut short', link.slice(0, link.indexOf('#/j/') + 4 + 30), /incomplete|not a Parley invite/],
  ['of another kind', withPayload(link, (bytes) => bytes.with(0, 0x1e)), /incomplete/],
  ['by a newer version', withPayload(link, (bytes) => bytes.with(0, 0x20)), /newer version/],
  ['a device link', withPayload(link, (bytes) => bytes.with(0, 0x1d)), /device/],
  ['expired', withPayload(link, (bytes) => bytes.with(expiryAt, 0).with(expiryAt + 1, 1)), /expired/],
  ['no invite at all', `${link.slice(0, link.indexOf('#/j/'))}#/j/!!!`, /not a Parley invite/],
]

const paste = async (person: Person, text: string): Promise<void> => {
  const field = person.page().getByRole('textbox', { name: 'Invite link', exact: true })
  await field.fill(text)
  await person.page().getByRole('button', { name: 'Continue', exact: true }).click()
}

story(
  'Links and pasted texts that are no good invite give a plain sentence, and the good one gets Bob in with what he typed',
  async (world) => {
    const [alice, bob] = await world.people('Alice', 'Bob')
    await alice.visit(world.url)
    await alice.getStarted()
    const link = await alice.invite()
    // A stranger can start all the same.
    for (const [what, bad, sentence] of flawed(link)) {
      await bob.visit('about:blank')
      await bob.visit(bad)
      await bob.page().getByRole('alert').filter({ hasText: sentence }).waitFor()
      expect(bob.page().url(), what).not.toContain('#/j/')
      await bob.page().getByRole('button', { name: 'Get started', exact: true }).waitFor()
    }
    await bob.getStarted()
    // With a name, a bad link is told of in a sheet.
    const [, bad = '', sentence = /./] = flawed(link)[2] ?? []
    await bob.visit(bad)
    await bob.page().getByRole('alert').filter({ hasText: sentence }).waitFor()
    await bob.closeSheet()
    // A mistyped one waits in vain: an invite into a page that is open already, a change of the address only.
    await bob.join(withPayload(link, (bytes) => bytes.with(20, (bytes[20] ?? 0) ^ 1)))
    await bob.say('Hello Alice')
    await bob.page().getByText('Waiting for Alice to come online and let you in.').waitFor()

    await bob.page().getByRole('button', { name: 'New conversation', exact: true }).first().click()
    await bob.page().getByRole('button', { name: 'Join with a link', exact: true }).click()
    const texts = [
      ['', /not a Parley invite/],
      ['hello', /not a Parley invite/],
      ['https://example.org/', /not a Parley invite/],
    ] as const
    for (const [text, sentence] of texts) {
      await paste(bob, text)
      await bob.page().getByRole('alert').filter({ hasText: sentence }).waitFor()
    }
    for (const [, text, sentence] of flawed(link)) {
      await paste(bob, text)
      await bob.page().getByRole('alert').filter({ hasText: sentence }).waitFor()
    }
    // After all of that the good one works, with a sentence around it, and takes along what he typed meanwhile.
    await paste(bob, `Come and talk: ${link} (Alice)`)
    await bob.page().getByText('Alice invites you to talk').waitFor()
    await bob.page().getByRole('button', { name: 'Join', exact: true }).click()
    await alice.open('Bob')
    await alice.sees(['Hello Alice'])
    await bob.seesState('Hello Alice', 'Read')
  },
)

story("An invite for one person that was used, and one's own, say so", async (world) => {
  const [alice, bob, carol] = await world.people('Alice', 'Bob', 'Carol')
  await alice.visit(world.url)
  await alice.getStarted()
  const link = await alice.invite()
  // Her own.
  await alice.visit(link)
  const sheet = alice.page()
  await sheet.getByText('You are already in this conversation.').waitFor()
  await sheet.getByRole('button', { name: 'Open it', exact: true }).click()
  await alice.page().getByText('Nobody has joined yet. What you write waits on this device.').waitFor()

  await bob.join(link)
  await bob.say('Hello Alice')
  await alice.sees(['Hello Alice'])
  // Bob opens it once more.
  await bob.visit(link)
  await bob.page().getByText('You are already in this conversation.').waitFor()
  await bob.closeSheet()

  // Carol comes too late: said so, and what she wrote stays hers.
  await carol.join(link)
  await carol.say('Is this for me?')
  await carol
    .page()
    .getByRole('log')
    .getByText('Somebody answered that this invite was used already. If nobody else lets you in, ask for a new one.')
    .waitFor()
  await carol.seesState('Is this for me?', 'Waiting')
  await alice.sees(['Hello Alice'])
  expect((await alice.people()).length).toBe(2)
  // The next action works: a new invite.
  const again = await alice.invite()
  await carol.join(again)
  await carol.say('Hello Alice, this is Carol')
  await alice.open('Carol')
  await alice.sees(['Hello Alice, this is Carol'])
})
