// The headers of every answer. The page is one origin with no inline script, no foreign host and no HTML strings (Trusted Types); what
// they cannot stop is said in the security page: data channels are not under `connect-src`.

// `lit-html` is what Lit itself makes; `parley-worker` is the page's own policy for the addresses of its workers, which browsers count
// as scripts. Nodes that people add are reached over wss; plain ws only on this machine.
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self' wss: ws://localhost:* ws://127.0.0.1:*",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html parley-worker',
].join('; ')

const permissionsPolicy = [
  'camera=(self)',
  'microphone=(self)',
  'display-capture=(self)',
  'geolocation=(self)',
  'clipboard-read=(self)',
  'clipboard-write=(self)',
  ...['accelerometer', 'gyroscope', 'hid', 'magnetometer', 'midi', 'payment', 'serial', 'usb'].map((name) => `${name}=()`),
].join(', ')

export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': permissionsPolicy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}
