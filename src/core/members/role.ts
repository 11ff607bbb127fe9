// Roles and what they may do, as a group's policy says.

/** From least to most. A reader receives and reacts: announcement channels. */
export const roles = ['reader', 'member', 'moderator', 'owner'] as const
export type Role = (typeof roles)[number]

/** What newcomers get of what was said before. */
export const historyGrants = ['none', 'week', 'all'] as const
export type HistoryGrant = (typeof historyGrants)[number]

/** Who may at least do what. */
export interface Policy {
  readonly invite: Role
  readonly post: Role
  readonly pin: Role
  readonly history: HistoryGrant
}

export const defaultPolicy: Policy = { invite: 'member', post: 'member', pin: 'moderator', history: 'none' }

export const isAtLeast = (role: Role, least: Role): boolean => roles.indexOf(role) >= roles.indexOf(least)
