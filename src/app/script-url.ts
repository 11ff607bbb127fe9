// Trusted Types: the one place of the page that makes addresses of scripts. Its name stands in the policy of the page.

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown }
}

const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('parley-worker', {
  createScriptURL: (url) => url,
})

/** The address of a script that was built with the page, for those sinks that want a trusted one. */
export const scriptUrl = (path: string): string => {
  const url = new URL(path, document.baseURI).href
  return (policy?.createScriptURL(url) ?? url) as string
}
