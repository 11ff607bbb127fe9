// What a person does in a story beyond talking: the menu of a message or of a conversation, sheets and what is in them, the settings, the lines
// between messages. Everything is found by role and name, as in `tab.ts`.
import type { Locator } from 'playwright-core'
import type { Tab } from './tab.ts'

/** The sheet that lies over the page. */
export const sheet = (person: Tab): Locator => person.page().getByRole('dialog')

/** Presses a button of the open sheet. */
export const press = (person: Tab, name: string | RegExp): Promise<void> => sheet(person).getByRole('button', { name, exact: true }).click()

/** Where one writes in the open conversation. */
export const composer = (person: Tab): Locator => person.page().getByRole('textbox', { name: 'Message', exact: true })

/** Chooses something from the menu that is open. */
export const choose = (person: Tab, entry: string): Promise<void> =>
  person.page().getByRole('menuitem', { name: entry, exact: true }).click()

/** Chooses what is to be done with a message. */
export const act = async (person: Tab, text: string, action: string): Promise<void> => {
  await person.article(text).focus()
  await person.page().keyboard.press('Shift+F10')
  await choose(person, action)
}

/** Chooses what is to be sent beside a text. */
export const attach = async (person: Tab, what: string): Promise<void> => {
  await person.page().getByRole('button', { name: 'Attach', exact: true }).click()
  await choose(person, what)
  await sheet(person).getByRole('heading', { name: what, exact: true }).waitFor()
}

/** A conversation in the list. */
export const entry = (person: Tab, title: string): Locator =>
  person.page().getByRole('list', { name: 'Conversations', exact: true }).getByRole('button', { name: title })

/** The titles in the list, from above. */
export const listed = (person: Tab): Promise<readonly string[]> =>
  person
    .page()
    .getByRole('list', { name: 'Conversations', exact: true })
    .getByRole('button')
    .evaluateAll((entries) => entries.map((one) => one.querySelector('.title bdi')?.textContent ?? ''))

/** Chooses what is to be done with a conversation of the list. */
export const arrange = async (person: Tab, title: string, action: string): Promise<void> => {
  await entry(person, title).focus()
  await person.page().keyboard.press('Shift+F10')
  await choose(person, action)
}

/** Opens what is to be known and done about the open conversation. */
export const details = async (person: Tab): Promise<void> => {
  await person.page().getByRole('button', { name: 'Conversation details', exact: true }).click()
  await sheet(person).getByRole('list', { name: 'People', exact: true }).waitFor()
}

/** Opens what is to be known and done about somebody in the open conversation. */
export const lookAt = async (person: Tab, other: string): Promise<void> => {
  await details(person)
  await press(person, other)
  await sheet(person)
    .getByRole('heading', { name: `About ${other}`, exact: true })
    .waitFor()
}

/** Opens a page of the settings, or the settings. */
export const settings = async (person: Tab, page = 'Settings'): Promise<void> => {
  await person.page().getByRole('button', { name: 'Settings', exact: true }).click()
  if (page !== 'Settings') await press(person, page)
  await sheet(person).getByRole('heading', { name: page, exact: true }).waitFor()
}

/** Waits for words between the messages of the open conversation. */
export const line = (person: Tab, text: string): Promise<void> =>
  person.page().getByRole('log', { name: 'Messages', exact: true }).getByText(text, { exact: true }).waitFor()
