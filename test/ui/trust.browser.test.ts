// People of a group and what may be done about them: roles, rules, safety numbers, blocking, by mouse and by keyboard.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { focused, given, menuOf, show, type Shown, until } from './mount.ts'
import { scenes } from './playground/scenes.ts'
import { person, type Room, type World } from './playground/world.ts'

let world: World
let shown: Shown
const room = (title: string): Room => {
  const found = world.rooms.find((candidate) => candidate.title === title)
  if (!found) throw new Error(`there is no ${title}`)
  return found
}
const idOfPerson = (name: string) => person(name).identity
const inQuestion = (element: Element): boolean => (element.getRootNode() as ShadowRoot).host?.localName === 'parley-question'
const named = (element: Element, name: string): boolean => (element.getAttribute('aria-label') ?? element.textContent.trim()) === name
const inSheet = (name: string): HTMLElement | undefined =>
  shown.all('button').find((element) => (element.closest('dialog') !== null || inQuestion(element)) && named(element, name))
const question = (): string | undefined => shown.all('parley-question')[0]?.shadowRoot?.querySelector('p')?.textContent
const press = async (name: string): Promise<void> => {
  const button = await until(() => inSheet(name))
  button?.click()
}
const open = async (title: string): Promise<void> => {
  const entry = await until(() => shown.all('.entry').find((element) => element.querySelector('.title bdi')?.textContent === title))
  entry?.click()
  await until(() => shown.all('.head h1 bdi')[0]?.textContent === title)
}
const details = async (title: string): Promise<void> => {
  await open(title)
  shown.all('[aria-label="Conversation details"]')[0]?.click()
  await until(() => shown.all('dialog[open]').length > 0)
}
const about = async (title: string, name: string): Promise<void> => {
  await details(title)
  await press(name)
  await until(() => heading() === `About ${name}`)
}
const heading = (): string | undefined => shown.all('dialog[open] h2')[0]?.textContent
const text = (): string =>
  shown
    .all('dialog[open]')
    .map((dialog) => dialog.innerText)
    .join(' ')

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = scenes.trust()
  shown = show(world)
})
afterEach(() => shown[Symbol.dispose]())

describe('people of a group', () => {
  test('how a person is reached stands in their sheet, with the time there and back, and changes while one looks', async () => {
    await about('Choir', 'Bob')
    await until(() => text().includes('Direct · 24 ms there and back · since'))
    const [link] = world.connection.links
    world.connection = {
      ...world.connection,
      links: [
        {
          ...link!,
          path: 'relayed',
          through: { kind: 'node', address: '/dns4/meet.example.org/tcp/443/wss/p2p/12D3KooWQ1' },
          roundTripMs: 180,
        },
      ],
    }
    world.changed()
    await until(() => text().includes('Through a relay (meet.example.org:443) · 180 ms'))
  })

  test('why somebody was not reached last stands in their sheet, with when, and changes while one looks', async () => {
    await about('Choir', 'Dave')
    await until(() => /Last trouble \(.*\): Not to be found at any meeting point: most likely not online\./.test(text()))
    world.connection = { ...world.connection, troubles: world.connection.troubles!.map((trouble) => ({ ...trouble, trouble: 'lost' })) }
    world.changed()
    await until(() => /Last trouble \(.*\): The connection broke off\./.test(text()))
    world.connection = { ...world.connection, troubles: [] }
    world.changed()
    await until(() => !text().includes('Last trouble'))
  })

  test('a role is chosen, saved once, and not before', async () => {
    await about('Choir', 'Carol the Librarian')
    expect(inSheet('Save role')).toBeUndefined()
    const reader = shown.all('dialog[open] input[value="reader"]')[0]
    reader?.click()
    await until(() => inSheet('Save role'))
    expect(given(world, 'setRole')).toEqual([])
    await press('Save role')
    await until(() => given(world, 'setRole').length > 0)
    expect(given(world, 'setRole')).toEqual([[room('Choir').id, idOfPerson('Carol the Librarian'), 'reader']])
    await until(() => inSheet('Save role') === undefined)
    expect(focused()).toBe(reader)
  })

  test('removing says what it means, can be thought over, and goes back to the people', async () => {
    await about('Choir', 'Carol the Librarian')
    await press('Remove Carol the Librarian')
    await until(() => inQuestion(focused() ?? document.body))
    expect(question()).toBe('They keep what they have. From now on nobody here writes to them.')
    await press('Cancel')
    await until(() => focused()?.textContent.trim() === 'Remove Carol the Librarian')
    expect(given(world, 'removeMember')).toEqual([])
    await userEvent.keyboard('{Enter}')
    await until(() => inQuestion(focused() ?? document.body))
    await userEvent.keyboard('{Enter}')
    await until(() => given(world, 'removeMember').length === 1)
    await until(() => heading() === 'Choir')
    expect(text()).not.toContain('Carol the Librarian (')
    expect(shown.all('dialog[open] [aria-label="People"] li')).toHaveLength(4)
  })

  test('ownership is handed over in one action: first there are two owners, then one', async () => {
    await about('Choir', 'Bob')
    await press('Hand over ownership')
    await press('Hand over')
    await until(() => given(world, 'setRole').length === 2)
    expect(given(world, 'setRole').map(([, who, role]) => [who, role])).toEqual([
      [idOfPerson('Bob'), 'owner'],
      [idOfPerson('Alice'), 'moderator'],
    ])
    await until(() => heading() === 'Choir')
    // A moderator has no rules to change.
    await until(() => inSheet('Change rules') === undefined)
  })

  test('nothing is offered that everybody would refuse', async () => {
    await about('Announcements', 'Bob')
    expect(shown.all('dialog[open] input[type="radio"]')).toHaveLength(0)
    for (const name of ['Remove Bob', 'Hand over ownership', 'Save role']) expect(inSheet(name)).toBeUndefined()
    await press('Back')
    await until(() => heading() === 'Announcements')
    for (const name of ['Change rules', 'Rename the group', 'Invite people']) expect(inSheet(name)).toBeUndefined()
    expect(text()).toContain('Owners and moderators')
  })

  test('rules are saved together', async () => {
    await details('Choir')
    await press('Change rules')
    await until(() => heading() === 'Rules')
    shown.all('input[name="post"][value="moderator"]')[0]?.click()
    shown.all('input[name="history"][value="week"]')[0]?.click()
    expect(given(world, 'setPolicy')).toEqual([])
    await press('Save rules')
    await until(() => given(world, 'setPolicy').length === 1)
    expect(given(world, 'setPolicy')[0]?.[1]).toEqual({ invite: 'member', post: 'moderator', pin: 'moderator', history: 'week' })
    await until(() => heading() === 'Choir' && text().includes('The last 7 days'))
  })

  test('a group gets another name', async () => {
    await details('Choir')
    await press('Rename the group')
    await until(() => focused() instanceof HTMLInputElement)
    expect((focused() as HTMLInputElement).value).toBe('Choir')
    await userEvent.fill(focused() as HTMLInputElement, 'Quire')
    await userEvent.keyboard('{Enter}')
    await until(() => heading() === 'Quire')
    expect(given(world, 'renameGroup')).toEqual([[room('Quire').id, 'Quire']])
  })

  test('leaving says who looks after the group then', async () => {
    await details('Choir')
    await press('Leave')
    await until(question)
    expect(question()).toContain('You are the only owner, so Bob becomes the owner.')
    await press('Stay')
    await until(() => focused()?.textContent.trim() === 'Leave')
    expect(given(world, 'leave')).toEqual([])
  })

  test('those who lack something are named', async () => {
    await details('Choir')
    for (const words of ['2 of 4 hold the same history', 'Carol the Librarian lacks 3 messages', '1 message that Dave has is not here yet'])
      expect(text()).toContain(words)
    room('Choir').consistency = { same: 7, of: 7, gaps: [] }
    world.changed()
    await until(() => text().includes('7 of 7 hold the same history'))
    expect(text()).not.toContain('lacks')
  })

  test('by keyboard from the people to a person, to the safety number, and back to where it began', async () => {
    await open('Choir')
    const opener = shown.all('[aria-label="Conversation details"]')[0]
    opener?.focus()
    await userEvent.keyboard('{Enter}')
    await until(() => heading() === 'Choir')
    while (focused()?.textContent.trim() !== 'Carol the Librarian') await userEvent.keyboard('{Tab}')
    await userEvent.keyboard('{Enter}')
    await until(() => heading() === 'About Carol the Librarian')
    while (focused()?.textContent.trim() !== 'Compare safety numbers') await userEvent.keyboard('{Tab}')
    await userEvent.keyboard('{Enter}')
    await until(() => heading() === 'Safety number with Carol the Librarian')
    await userEvent.keyboard('{Escape}')
    await until(() => shown.all('dialog').length === 0)
    expect(focused()).toBe(opener)
  })
})

describe('a safety number', () => {
  test('is twelve groups and a code, and its mark shows wherever the name stands', async () => {
    await about('Choir', 'Carol the Librarian')
    await press('Compare safety numbers')
    await until(() => shown.all('.digits li').length === 12)
    expect(shown.all('.digits li').every((group) => /^\d{5}$/.test(group.textContent))).toBe(true)
    expect(shown.all('svg[aria-label="Safety number QR code"]')).toHaveLength(1)
    await press('Mark as verified')
    await until(() => given(world, 'setVerified').length === 1)
    await until(() => inSheet('Not verified any more'))
    await press('Back')
    await until(() => heading() === 'About Carol the Librarian')
    expect(shown.all('dialog[open] [role="img"][aria-label="Verified"]')).toHaveLength(1)
    await press('Back')
    await until(() => heading() === 'Choir')
    expect(shown.all('dialog[open] [role="img"][aria-label="Verified"]')).toHaveLength(2)
  })

  test('that is pasted marks by itself when it is the same, and is a loud warning when it is not', async () => {
    await about('Choir', 'Carol the Librarian')
    await press('Compare safety numbers')
    await until(() => shown.all('.digits li').length === 12)
    const own = shown.all('.digits li').map(({ textContent }) => textContent)
    const field = page.getByRole('textbox', { name: 'Number that Carol the Librarian sees, to paste' })
    await field.fill(own.toReversed().join(' '))
    await until(() => shown.all('.mismatch')[0]?.textContent.includes('These are not the same numbers'))
    expect(given(world, 'setVerified')).toEqual([])
    await field.fill(own.join(' '))
    await until(() => given(world, 'setVerified').length === 1)
    await until(() => inSheet('Not verified any more'))
    expect(shown.all('.mismatch')).toEqual([])
  })

  test('is read from their screen by the camera, which is let go of afterwards', async () => {
    const canvas = document.createElement('canvas')
    canvas.getContext('2d')?.fillRect(0, 0, 10, 10)
    const picture = canvas.captureStream()
    const camera = vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockResolvedValue(picture)
    let code = 'https://parley.example/'
    vi.stubGlobal(
      'BarcodeDetector',
      class {
        detect = async () => [{ rawValue: code }]
      },
    )
    try {
      await about('Choir', 'Carol the Librarian')
      await press('Compare safety numbers')
      await until(() => shown.all('.digits li').length === 12)
      await page.getByRole('button', { name: 'Scan their code' }).click()
      await shown.one('video')
      code = shown
        .all('.digits li')
        .map(({ textContent }) => textContent)
        .join('')
      await until(() => given(world, 'setVerified').length === 1)
      expect(picture.getTracks().every(({ readyState }) => readyState === 'ended')).toBe(true)
    } finally {
      camera.mockRestore()
      vi.unstubAllGlobals()
    }
  })

  test('of a verified person has its badge in the list and in the header', async () => {
    await open('Bob')
    expect(shown.all('.entry .verified')).toHaveLength(1)
    expect(shown.all('.head .verified')).toHaveLength(1)
  })

  test('is asked for where a person stands whose device told two histories', async () => {
    await about('Choir', 'Carol the Librarian')
    await expect.element(page.getByText(/^A device of Carol the Librarian signed two different histories/)).toBeVisible()
  })

  test('is one click away from the line that says that a device lied', async () => {
    await open('Choir')
    const alarm = await shown.one('.alarm button')
    expect(shown.all('.alarm p')[0]?.textContent).toContain('told different people different things')
    alarm.click()
    await until(() => heading() === 'Safety number with Carol the Librarian')
    await userEvent.keyboard('{Escape}')
    await until(() => shown.all('dialog').length === 0)
  })
})

describe('a verified person whose devices have changed', () => {
  test('is a warning over the messages and a loud line, until they are compared again or it is accepted', async () => {
    for (const each of world.rooms)
      each.members = each.members.map((member) => (member.name === 'Bob' ? { ...member, verified: false, changed: true } : member))
    world.notice(room('Choir'), person('Bob'), { kind: 'device-added' }, { alarm: person('Bob') })
    await open('Choir')
    const warning = await shown.one('.banner.changed[role="alert"]')
    expect(warning.innerText).toContain('Bob has other devices than when you verified them.')
    expect(shown.all('.alarm p').at(-1)?.textContent).toBe('Bob has a new device')
    warning.querySelector('button')?.click()
    await until(() => heading() === 'Safety number with Bob')
    expect(text()).toContain('Bob has other devices than when you verified them.')
    await press('Go on without verifying')
    await until(() => given(world, 'setVerified').length === 1)
    expect(given(world, 'setVerified')).toEqual([[idOfPerson('Bob'), false]])
    await until(() => shown.all('.banner.changed').length === 0)
  })
})

describe('comparing emojis', () => {
  const looked = (emojis: readonly number[]) => ({ person: person('Carol the Librarian'), conversation: room('Choir').id, emojis })
  const opened = async (): Promise<void> => {
    await about('Choir', 'Carol the Librarian')
    await press('Compare safety numbers')
    await press('Compare emojis')
    await until(() => heading() === 'Compare emojis' && text().includes('Carol the Librarian is being asked.'))
  }
  const look = async (): Promise<void> => {
    world.comparison = { ...looked([0, 7, 19, 31, 47, 58, 63]), stage: 'looking' }
    world.changed()
    await until(() => shown.all('.emojis li').length === 7)
  }

  test('shows seven with their names for ears, and waits for the other to say the same', async () => {
    await opened()
    expect(given(world, 'compareEmojis')).toEqual([[room('Choir').id, idOfPerson('Carol the Librarian')]])
    await look()
    expect(shown.all('.emojis li').map((item) => item.innerText.replace(/\s+/g, ' '))).toEqual([
      '🐶 Dog',
      '🐰 Rabbit',
      '🌏 Globe',
      '🤖 Robot',
      '🔑 Key',
      '🎺 Trumpet',
      '📌 Pin',
    ])
    expect(shown.all('.emojis [aria-hidden="true"]')).toHaveLength(7)
    await press('They are the same')
    await until(() => text().includes('Now Carol the Librarian has to say so, too.'))
    expect(given(world, 'answerEmojis')).toEqual([[true]])
    expect(inSheet('They differ')).toBeUndefined()
    world.comparison = { ...looked([]), stage: 'ended', end: 'same' }
    world.changed()
    await until(() => text().includes('Carol the Librarian is verified.'))
    await userEvent.keyboard('{Escape}')
    await until(() => given(world, 'stopEmojis').length > 0)
  })

  test('that differ is a loud warning on both sides', async () => {
    await opened()
    await look()
    await press('They differ')
    await until(() => shown.all('[role="alert"].mismatch')[0]?.textContent.includes('may not be Carol the Librarian'))
    expect(given(world, 'answerEmojis')).toEqual([[false]])
  })

  test('with somebody who is not online says so, and can be tried again', async () => {
    await about('Choir', 'Dave')
    await press('Compare safety numbers')
    await press('Compare emojis')
    await until(() => text().includes('They are not online now.'))
    room('Choir').members = room('Choir').members.map((member) => ({ ...member, online: true, here: true }))
    world.changed()
    await press('Try again')
    await until(() => text().includes('Dave is being asked.'))
  })

  test('is offered over whatever is open, without taking the focus, and can be declined', async () => {
    await open('Choir')
    const field = await shown.one('textarea')
    field.focus()
    const asked = { person: person('Bob'), conversation: room('Choir').id, stage: 'asked' } as const
    world.comparison = asked
    world.changed()
    const decline = await until(() => shown.all('button').find((button) => named(button, 'Not now') && button.checkVisibility()))
    expect(shown.text()).toContain('Bob wants to compare emojis with you.')
    expect(focused()).toBe(field)
    decline?.click()
    await until(() => given(world, 'stopEmojis').length === 1)
    await until(() => shown.all('parley-asked-to-compare').length === 0)
    world.comparison = asked
    world.changed()
    const accept = await until(() => shown.all('button').find((button) => named(button, 'Compare emojis')))
    accept?.click()
    await until(() => heading() === 'Compare emojis' && given(world, 'compareEmojis').length === 1)
    expect(shown.all('parley-asked-to-compare')).toEqual([])
  })
})

describe('blocking', () => {
  test('hides a direct conversation in one action, and settings bring it back', async () => {
    const titles = (): (string | null | undefined)[] => shown.all('.entry').map((entry) => entry.querySelector('.title bdi')?.textContent)
    await about('Bob', 'Bob')
    expect(titles()).not.toContain('Alice II')
    await press('Block Bob')
    await until(() => given(world, 'setBlocked').length === 1)
    await until(() => shown.all('dialog').length === 0)
    await until(() => !titles().includes('Bob'))
    expect(shown.all('article')).toHaveLength(0)
    expect(shown.all('parley-composer')).toHaveLength(0)
    expect(shown.text()).toContain('You blocked Bob.')
    shown.all('[aria-label="Settings"]')[0]?.click()
    await until(() => shown.all('.blocked li').length === 2)
    await press('Unblock Bob')
    await until(() => shown.all('.blocked li').length === 1)
    await userEvent.keyboard('{Escape}')
    await until(() => titles().includes('Bob') && shown.all('article').length === 1)
  })

  test('can be taken back where the conversation was', async () => {
    await about('Bob', 'Bob')
    await press('Block Bob')
    const back = await until(() => shown.all('.blank button')[0])
    back?.click()
    await until(() => shown.all('article').length === 1)
    expect(given(world, 'setBlocked').map(([, blocked]) => blocked)).toEqual([true, false])
  })

  test('what somebody blocked has written raises no number in the title', async () => {
    await until(() => shown.all('.entry').length > 0)
    expect(document.title).toBe('Parley')
  })
})

describe('couriers', () => {
  test('are a switch with words about what it means', async () => {
    await about('Choir', 'Carol the Librarian')
    const toggle = shown.all('[role="switch"]')[0] as HTMLInputElement
    expect(toggle.checked).toBe(true)
    expect(text()).toContain('Neither can read what it carries.')
    toggle.click()
    await until(() => given(world, 'setCourier').length === 1)
    expect(given(world, 'setCourier')[0]).toEqual([idOfPerson('Carol the Librarian'), false])
  })

  test('are counted where a message says that it is carried', async () => {
    await open('Choir')
    const state = await shown.one('.state.carried')
    expect(state.textContent.trim()).toBe('Carried by 2')
    expect(shown.all('article').at(-1)?.getAttribute('aria-label')).toMatch(/, Carried$/)
  })
})

describe('those who may not write', () => {
  test('have one sentence and no composer, and no reply or edit in the menu', async () => {
    await open('Announcements')
    await until(() => shown.all('article').length > 0)
    expect(shown.all('parley-composer')).toHaveLength(0)
    expect(shown.all('.left')[0]?.textContent).toBe('Only owners and moderators write here. You can read and react.')
    expect(shown.all('.banner')).toHaveLength(0)
    expect(await menuOf(shown, shown.all('article')[0])).toEqual(['React', 'Copy', 'Forward', 'Star', 'Select', 'Message details'])
  })

  test('whoever is out has no way to say anything, and sees why', async () => {
    await open('Old book club')
    await until(() => shown.all('article').length > 0)
    expect(shown.all('parley-composer')).toHaveLength(0)
    expect(shown.all('.notice').at(-1)?.textContent).toBe('Bob removed you')
    expect(await menuOf(shown, shown.all('article')[0])).toEqual(['Copy', 'Forward', 'Star', 'Select', 'Message details'])
  })
})

test('what came late says so, to eyes and ears', async () => {
  await open('Choir')
  const late = await shown.one('.late')
  expect(late.textContent).toContain('arrived late')
  expect(shown.all('article')[0]?.getAttribute('aria-label')).toContain('arrived late')
})

test.each([
  ['phone', 390, 844],
  ['narrow phone', 320, 640],
] as const)('on a %s every control of the sheets is large enough and nothing is cut', async (_name, width, height) => {
  await page.viewport(width, height)
  const check = (): void => {
    for (const control of shown.all('dialog[open] button, dialog[open] label:has(input)')) {
      const box = (control.matches('.name button') ? control.closest('li') : control)?.getBoundingClientRect()
      expect(Math.min(box?.width ?? 0, box?.height ?? 0), `${heading()}: ${control.textContent.trim()}`).toBeGreaterThanOrEqual(24)
    }
    const cut = shown.all('dialog[open]').filter((dialog) => dialog.scrollWidth > dialog.clientWidth)
    expect(cut.length, `${heading()} is cut`).toBe(0)
  }
  await details('Choir')
  check()
  await press('Carol the Librarian')
  await until(() => heading() === 'About Carol the Librarian')
  check()
  await press('Compare safety numbers')
  await until(() => shown.all('.digits li').length === 12)
  check()
  await press('Back')
  await until(() => heading() === 'About Carol the Librarian')
  await press('Back')
  await until(() => heading() === 'Choir')
  await press('Change rules')
  await until(() => heading() === 'Rules')
  check()
})
