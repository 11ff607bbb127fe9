// Story 30: a group that is looked after: who comes in, who writes and how quickly, what is taken away, who is called what, and who looks after it
// next.
import { expect } from 'vitest'
import { act, choose, composer, details, line, lookAt, press, settings, sheet } from './world/sheets.ts'
import { story } from './world/story.ts'
import { until, untilEqual } from './world/until.ts'
import type { Person } from './world/world.ts'

/** The rules come back once something was saved. */
const saved = (person: Person): Promise<void> => sheet(person).getByRole('button', { name: 'Slow mode', exact: true }).waitFor()
const pick = (person: Person, name: string): Promise<void> => sheet(person).getByRole('radio', { name, exact: true }).check()
const authorOf = async (person: Person, text: string): Promise<string | undefined> =>
  (await person.messages()).find((message) => message.text === text)?.author
/** The names in the sheet of people, each with the letters that tell it apart. */
const namesIn = async (person: Person): Promise<readonly string[]> => {
  const rows = await sheet(person).getByRole('list', { name: 'People', exact: true }).getByRole('listitem').allInnerTexts()
  return rows.map((row) => row.split('\n')[0]?.trim() ?? '')
}

story(
  'Alice looks after a group until she hands it over to Bob; Carol comes in by a picture of the code, with leave',
  async (world) => {
    const {
      people: [alice, bob],
    } = await world.group('Choir', 'Alice', 'Bob')

    await details(alice)
    await press(alice, 'Change rules')
    await pick(alice, 'Is approved by those who look after the group')
    await press(alice, 'Save rules')
    await saved(alice)
    await line(bob, 'Alice turned on approval for newcomers')

    // A link to come in by; another one, for a day and for one person, is withdrawn.
    await press(alice, 'Invite people')
    const code = await sheet(alice).getByRole('img', { name: 'Invite QR code', exact: true }).screenshot()
    await sheet(alice).getByText('Make another link', { exact: true }).click()
    await pick(alice, '1 day')
    await sheet(alice).getByRole('switch', { name: 'For one person only', exact: true }).check()
    await press(alice, 'Make a link')
    await sheet(alice)
      .getByText(/^\d links hold$/)
      .click()
    const single = sheet(alice).getByRole('listitem').filter({ hasText: 'For one person (above)' })
    await single.getByRole('button', { name: 'Withdraw', exact: true }).click()
    await single.waitFor({ state: 'detached' })
    await alice.closeSheet()
    await line(bob, 'Alice withdrew an invite link')

    const carol = await world.person('Carol')
    await carol.visit(world.url)
    await carol.getStarted()
    await carol.page().getByRole('button', { name: 'New conversation', exact: true }).first().click()
    await press(carol, 'Join with a link')
    const files = carol.page().waitForEvent('filechooser')
    await press(carol, 'Read it from a picture')
    await (await files).setFiles({ name: 'code.png', mimeType: 'image/png', buffer: code })
    await sheet(carol).getByText('Choir', { exact: true }).waitFor()
    await press(carol, 'Join')
    await carol.page().getByText('Those who look after this group decide whether you come in.', { exact: false }).waitFor()
    await alice.page().getByRole('button', { name: 'Show', exact: true }).click()
    await sheet(alice).getByRole('listitem', { name: 'Carol', exact: true }).getByRole('button', { name: 'Accept', exact: true }).click()
    await line(alice, 'Carol joined')
    await alice.closeSheet()
    const all = [alice, bob, carol]
    for (const person of all) await person.page().getByText('3 people · 2 online', { exact: true }).waitFor()

    // For announcements: the others read and react.
    await details(alice)
    await pick(alice, 'Only those who look after the group')
    await alice.closeSheet()
    await bob.page().getByText('Only owners and moderators write here. You can read and react.', { exact: true }).waitFor()
    expect(await composer(bob).count()).toBe(0)
    await alice.say('Rehearsal at seven')
    await act(bob, 'Rehearsal at seven', 'React')
    await choose(bob, 'React with 🙏')
    await alice
      .article('Rehearsal at seven')
      .getByRole('button', { name: /^🙏.*Bob/u })
      .waitFor()
    await details(alice)
    await pick(alice, 'Everybody')
    await press(alice, 'Slow mode')
    await pick(alice, '1 minute')
    await press(alice, 'Save')
    await saved(alice)

    // Slowed down: what comes too soon is not sent, and not lost.
    await bob.page().getByText('Slow mode: one message every 1 minute.', { exact: false }).waitFor()
    await bob.say('I cannot')
    await alice.article('I cannot').waitFor()
    await bob.say('come today')
    await bob.page().getByRole('alert').filter({ hasText: 'Not sent. This group is slowed down.' }).waitFor()
    await untilEqual('what Bob has typed', () => composer(bob).inputValue(), 'come today')
    await press(alice, 'Slow mode')
    await pick(alice, 'Off')
    await press(alice, 'Save')
    await saved(alice)
    await alice.closeSheet()
    await line(bob, 'Alice lets everybody write when they like again')
    await composer(bob).press('Enter')
    for (const person of all) await person.sees(['Rehearsal at seven', 'I cannot', 'come today'])

    await act(alice, 'I cannot', 'Delete for everybody')
    await press(alice, 'Delete for everybody')
    const removed = 'Removed by Alice. People who saw it may have kept a copy.'
    for (const person of [bob, carol]) await person.sees(['Rehearsal at seven', removed, 'come today'])

    // How Bob is reached, and then: he looks after it.
    await lookAt(alice, 'Bob')
    await sheet(alice)
      .getByRole('list', { name: 'Connection', exact: true })
      .getByText(/^(?:Direct|Through a relay .*) · \d+ ms there and back · since \d/)
      .waitFor()
    await press(alice, 'Hand over ownership')
    await press(alice, 'Hand over')
    await saved(alice)
    await sheet(alice).getByRole('button', { name: 'Change rules', exact: true }).waitFor({ state: 'detached' })
    await alice.closeSheet()
    await line(carol, 'Alice made Bob an owner')
    await details(bob)
    await press(bob, 'Rename the group')
    await sheet(bob).getByRole('textbox', { name: 'Group name', exact: true }).fill('Big choir')
    await press(bob, 'Save')
    await saved(bob)
    await bob.closeSheet()
    for (const person of all) await person.page().getByRole('heading', { name: 'Big choir', exact: true }).waitFor()

    // A name of his own for her, and a talk apart; each sees where else they meet.
    await lookAt(bob, 'Alice')
    await sheet(bob).getByRole('textbox', { name: 'Nickname', exact: true }).fill('Alto')
    await press(bob, 'Save')
    await sheet(bob).getByText('Calls themselves Alice', { exact: true }).waitFor()
    await press(bob, 'Message')
    await sheet(bob).getByRole('textbox', { name: 'Your first message', exact: true }).fill('Between us')
    await press(bob, 'Send request')
    await bob.page().getByText('You can write more when Alto has accepted.', { exact: true }).waitFor()
    await alice
      .page()
      .getByRole('button', { name: /^Requests/ })
      .click()
    await press(alice, 'Accept')
    await alice.sees(['Between us'])
    await bob.page().getByRole('heading', { name: 'Alto', exact: true }).waitFor()
    await lookAt(alice, 'Bob')
    await sheet(alice)
      .getByRole('list', { name: 'Groups in common', exact: true })
      .getByRole('button', { name: 'Big choir', exact: true })
      .click()
    await alice.page().getByRole('heading', { name: 'Big choir', exact: true }).waitFor()

    // Two of one name are told apart by their tags.
    await settings(carol)
    const [, tag = ''] = /Your tag is (\w{4})/.exec(await sheet(carol).getByText('Your tag is', { exact: false }).innerText()) ?? []
    await sheet(carol).getByRole('textbox', { name: 'Your name', exact: true }).fill('Bob')
    await press(carol, 'Save')
    await sheet(carol).getByRole('button', { name: 'Saved', exact: true }).waitFor()
    await carol.closeSheet()
    await line(alice, 'Somebody is now called Bob')
    await details(alice)
    await until('two are called Bob, one of them with the tag', async () => {
      const bobs = new Set((await namesIn(alice)).filter((name) => name.startsWith('Bob')))
      return bobs.size === 2 && [...bobs].some((name) => name.endsWith(tag))
    })
    await alice.closeSheet()

    for (const person of all) await person.page().reload()
    await bob.open('Big choir')
    await untilEqual('whom Bob reads', () => authorOf(bob, 'Rehearsal at seven'), 'Alto')
    await untilEqual('whom Carol reads', () => authorOf(carol, 'Rehearsal at seven'), 'Alice')
    await carol.sees(['Rehearsal at seven', removed, 'come today'])
  },
  120_000,
)
