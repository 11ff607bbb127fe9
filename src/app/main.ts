/** The composition root. */
document.title = `Parley ${__PARLEY_VERSION__}`
