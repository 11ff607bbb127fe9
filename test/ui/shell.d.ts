/** What `scripts/lib/shell-plugin.mjs` makes. */
declare module 'virtual:shell' {
  const shell: { readonly css: string; readonly templates: string; readonly withoutScripts: string }
  export default shell
}
