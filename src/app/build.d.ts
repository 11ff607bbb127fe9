/** What the build puts in the place of a name (see `define` in vite.config.ts). */

/** Version and origin of this page, such as `0.1.0+3f2a9c1`. Shown in settings, never sent to anyone. */
declare const __PARLEY_VERSION__: string
