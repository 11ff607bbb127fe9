// What a person does and sees in one tab, in their words. Everything is found by role and name, as assistive technology finds it.
import type { Locator, Page } from 'playwright-core'
import { articleOf, readMessages, type Shown, type State } from './messages.ts'
import { until, untilEqual } from './until.ts'

export interface Tab {
  page(): Page
  /** Opens an address and waits for nothing but the page itself. */
  visit(address: string): Promise<void>
  /** Types a name on the first screen. */
  getStarted(): Promise<void>
  /** Asks for an invite for one person, and lays the sheet aside. */
  invite(): Promise<string>
  createGroup(title: string): Promise<void>
  /** An invite into the group that is open. */
  inviteToGroup(): Promise<string>
  /** Lays the sheet aside. */
  closeSheet(): Promise<void>
  /** Opens an invite link and joins: by one's name if this is the first visit. */
  join(link: string): Promise<void>
  /** Opens a conversation of the list. */
  open(title: string): Promise<void>
  /** Types into the composer and presses Enter. */
  say(text: string): Promise<void>
  /** What stands in the open conversation, oldest first. */
  messages(): Promise<readonly Shown[]>
  /** Waits until these texts, in this order and none twice, are all that stands there. */
  sees(texts: readonly string[], deadlineMs?: number): Promise<number>
  /** Waits for the state of one's own message. */
  seesState(text: string, state: State | readonly State[], deadlineMs?: number): Promise<number>
  /** Who is in the open conversation: name and what is said of their presence. */
  people(): Promise<readonly { readonly name: string; readonly presence: string }[]>
  /** Switches on, in the settings, that one's address is kept from everybody. */
  hideAddress(): Promise<void>
  /** Shows one's own code to somebody side by side, and leaves the sheet open for theirs. */
  showCode(): Promise<string>
  /** Types somebody's code: with a sheet open that waits for it, or as the first of the two, who is shown a code in return. */
  takeCode(code: string): Promise<void>
  answerCode(code: string): Promise<string>
  /** Adds a meeting point in the settings, and waits for what the trial says of its last step or of the one that failed. */
  addNode(address: string, said: RegExp): Promise<void>
  /** What is said of a meeting point, by host and port. */
  seesNode(name: string, words: RegExp, deadlineMs?: number): Promise<void>
  /** Waits for the word on the pill. */
  connection(word: RegExp, deadlineMs?: number): Promise<void>
  article(text: string): Locator
  /** Waits until the page itself is kept on this device. A person would not notice: it is so seconds after the first visit. */
  isKept(): Promise<void>
}

// Behind a name: "(You)" and the tag of four characters.
const tagAndSelf = /\s*(?:\(You\))?\s*[0-9A-Z]{4}$/

export const createTab = (name: string, page: () => Page): Tab => {
  const button = (called: string | RegExp): Locator => page().getByRole('button', { name: called, exact: true })
  const composer = (): Locator => page().getByRole('textbox', { name: 'Message', exact: true })
  const nameField = (): Locator => page().getByRole('textbox', { name: 'Your name', exact: true })
  const people = (): Locator => page().getByRole('list', { name: 'People', exact: true }).getByRole('listitem')
  const yourCode = (): Promise<string> => page().getByRole('textbox', { name: 'Your code', exact: true }).inputValue()
  const standBeside = async (): Promise<void> => {
    await button('New conversation').first().click()
    await button('Connect side by side').click()
  }
  const openNodes = async (): Promise<void> => {
    await button('Settings').click()
    await button('Manage meeting points').click()
    await page().getByRole('heading', { name: 'Meeting points', exact: true }).waitFor()
  }
  const inviteLink = async (): Promise<string> => {
    const link = page().getByRole('textbox', { name: 'Invite link', exact: true })
    await page().getByRole('img', { name: 'Invite QR code', exact: true }).waitFor()
    const text = await link.inputValue()
    await page().keyboard.press('Escape')
    await link.waitFor({ state: 'hidden' })
    return text
  }

  const tab: Tab = {
    page,
    visit: async (address) => {
      await page().goto(address)
    },
    getStarted: async () => {
      await nameField().fill(name)
      await button('Get started').click()
      await button('New conversation').first().waitFor()
    },
    invite: async () => {
      await button('New conversation').first().click()
      await button('Invite someone').click()
      return inviteLink()
    },
    createGroup: async (title) => {
      await button('New conversation').first().click()
      await button('New group').click()
      await page().getByRole('textbox', { name: 'Group name', exact: true }).fill(title)
      await button('Create group').click()
      await page().getByRole('heading', { name: title, exact: true }).waitFor()
    },
    inviteToGroup: async () => {
      await button('Conversation details').click()
      await people().first().waitFor()
      // The last one: the banner under a lonely group's header has the same button, and lies behind the sheet.
      await page().getByRole('button', { name: 'Invite people', exact: true }).last().click()
      return inviteLink()
    },
    closeSheet: async () => {
      await page().keyboard.press('Escape')
      await page().getByRole('dialog').waitFor({ state: 'hidden' })
    },
    join: async (link) => {
      await tab.visit(link)
      const join = button('Join')
      await join.waitFor()
      if (await nameField().isVisible()) await nameField().fill(name)
      await join.click()
      await page().getByRole('dialog').waitFor({ state: 'hidden' })
      await composer().waitFor()
    },
    open: async (title) => {
      await page().getByRole('list', { name: 'Conversations', exact: true }).getByRole('button', { name: title }).click()
      await page().getByRole('heading', { name: title, exact: true }).waitFor()
    },
    say: async (text) => {
      await composer().fill(text)
      await composer().press('Enter')
    },
    messages: () => readMessages(page()),
    sees: (texts, deadlineMs) =>
      untilEqual(`what ${name} sees`, async () => (await tab.messages()).map((message) => message.text), [...texts], deadlineMs),
    seesState: async (text, state, deadlineMs) => {
      const wanted: readonly string[] = [state].flat()
      const look = async (): Promise<string> => {
        const shown = (await tab.messages()).find((message) => message.text === text && message.author === 'You')?.state ?? 'not there'
        return wanted.includes(shown) ? wanted.join(' or ') : shown
      }
      return untilEqual(`what ${name} is told of "${text}"`, look, wanted.join(' or '), deadlineMs)
    },
    people: async () => {
      await button('Conversation details').click()
      await people().first().waitFor()
      const found = []
      for (const words of await people().allInnerTexts()) {
        const [first = '', ...rest] = words.split('\n').map((line) => line.trim())
        found.push({ name: first.replace(tagAndSelf, ''), presence: rest.join(' ') })
      }
      await page().keyboard.press('Escape')
      await people().first().waitFor({ state: 'hidden' })
      return found
    },
    hideAddress: async () => {
      await button('Settings').click()
      await page().getByRole('switch', { name: 'Hide my IP address', exact: true }).click()
      await tab.closeSheet()
    },
    showCode: async () => {
      await standBeside()
      await button('Show my code').click()
      return yourCode()
    },
    takeCode: async (code) => {
      await page().getByRole('textbox', { name: 'Their code', exact: true }).fill(code)
      await button('Continue').click()
    },
    answerCode: async (code) => {
      await standBeside()
      await tab.takeCode(code)
      const answer = await yourCode()
      await tab.closeSheet()
      return answer
    },
    addNode: async (address, said) => {
      await openNodes()
      await page().getByRole('textbox', { name: 'Meeting point address', exact: true }).fill(address)
      await button('Add meeting point').click()
      await page()
        .getByRole('list', { name: /^Trying / })
        .getByRole('listitem')
        .filter({ hasText: said })
        .waitFor()
      await tab.closeSheet()
    },
    seesNode: async (called, words, deadlineMs) => {
      await openNodes()
      const row = page().getByRole('list', { name: 'Meeting points', exact: true }).getByRole('listitem').filter({ hasText: called })
      await row.filter({ hasText: words }).waitFor(deadlineMs === undefined ? {} : { timeout: deadlineMs })
      await tab.closeSheet()
    },
    connection: async (word, deadlineMs) => {
      const pill = page().getByRole('status', { name: 'Connection', exact: true })
      await pill.filter({ hasText: word }).waitFor(deadlineMs === undefined ? {} : { timeout: deadlineMs })
    },
    article: (text) => articleOf(page(), text),
    isKept: async () => {
      await until(`the page is kept for ${name}`, () => page().evaluate(() => navigator.serviceWorker.controller !== null))
    },
  }
  return tab
}
