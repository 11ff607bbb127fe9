// Draws what is seen first, while the program is still under way: one of the templates above this script (scripts/lib/shell-plugin.mjs), in the
// language and the looks that this browser remembers. It runs before anything is drawn, so that nothing changes under somebody's eyes. Nothing
// is built here, and nothing is imported. What somebody does meanwhile is kept for the program: it takes the name over, and the press of Enter.

{
  const remembered = (name) => {
    try {
      return localStorage.getItem(`parley.screen.${name}`) ?? undefined
    } catch {
      return undefined
    }
  }
  const root = document.documentElement
  for (const name of ['theme', 'contrast', 'accent', 'text']) {
    const value = remembered(name)
    if (value) root.dataset[name] = value
  }
  const isInvited = /^#\/[jp]\//.test(location.hash)
  const kind = remembered('lives-here') === 'yes' ? 'rest' : isInvited ? 'invited' : 'first'
  const pages = [...document.querySelectorAll(`template[data-shell="${kind}"]`)]
  const spoken = (tag) => pages.find(({ lang }) => lang === tag?.toLowerCase().split('-')[0])
  const page = [remembered('language'), ...navigator.languages].map(spoken).find((one) => one !== undefined) ?? pages[0]
  root.lang = page.lang
  root.dir = page.dir
  document.body.append(page.content.cloneNode(true))
  document.querySelector('.shell .wall')?.append(document.querySelector('template[data-shell="wall"]').content.cloneNode(true))
  const form = document.querySelector('.shell form')
  const field = form?.querySelector('input')
  if (form && field) {
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      form.dataset.sent = 'yes'
    })
    // A page that is loaded again, because a part of the program did not come, goes on where somebody was.
    const key = 'parley.begun'
    try {
      const { name = '', sent } = JSON.parse(sessionStorage.getItem(key) ?? '{}')
      sessionStorage.removeItem(key)
      field.value = name
      if (sent) form.dataset.sent = sent
      addEventListener('pagehide', () => {
        const isBegun = field.value !== '' || form.dataset.sent !== undefined
        if (form.isConnected && isBegun) sessionStorage.setItem(key, JSON.stringify({ name: field.value, sent: form.dataset.sent }))
      })
    } catch {
      // Storage is closed: then it is typed again.
    }
  }
}
