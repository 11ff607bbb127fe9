// What lies behind messages, for those who want more than a plain ground. Drawn from gradients, in two of the grounds on which everything can
// be read (colors.ts), so no pattern takes contrast from a word.
import { css } from 'lit'

export const wallpapers = css`
  :root[data-wallpaper='dots'] {
    --wallpaper: radial-gradient(circle, var(--lifted) 0.125rem, transparent 0.1875rem);
    --wallpaper-size: 1.25rem 1.25rem;
  }
  :root[data-wallpaper='lines'] {
    --wallpaper: repeating-linear-gradient(135deg, var(--sunken) 0 0.5rem, transparent 0.5rem 1.5rem);
  }
  :root[data-wallpaper='tiles'] {
    --wallpaper:
      radial-gradient(circle at 0 0, var(--lifted) 1.5rem, transparent 1.53rem),
      radial-gradient(circle at 100% 100%, var(--sunken) 1.5rem, transparent 1.53rem);
    --wallpaper-size: 3rem 3rem;
  }
  :root[data-wallpaper='waves'] {
    --wallpaper: repeating-radial-gradient(circle at 50% -20%, var(--sunken) 0 0.625rem, transparent 0.66rem 1.875rem);
    --wallpaper-size: 7.5rem 3.75rem;
  }
`
