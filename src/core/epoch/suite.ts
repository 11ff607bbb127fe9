// Which KEM an epoch is sealed with, by the number of devices: the hybrid X-Wing while its shares (1,216 bytes each) fit an event, X25519
// alone above that. See src/decisions/0015-hybrid-up-to-50-devices.md for the figures.

/** KEM numbers on the wire. */
export const kemNumbers = { xWing: 0x647a, x25519: 0x0020 } as const

/** Devices up to which epochs are sealed with X-Wing: 50 shares are 60 KB of an event's 64. */
export const maxHybridDevices = 50

export const epochSuite = (devices: number): number => (devices <= maxHybridDevices ? kemNumbers.xWing : kemNumbers.x25519)
