// Light, dark, or like the device. The choice is an attribute of the document that the tokens look at.

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** What a remembered value means; anything unknown is `system`. */
export const themeOf = (value: string | undefined): Theme => themes.find((theme) => theme === value) ?? 'system'

/** Puts a theme into force at once. */
export const applyTheme = (theme: Theme): void => {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
