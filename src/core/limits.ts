// Every size cap of this side, in one place. Each is checked before anything is allocated.

/** Bytes of one control frame on a link. */
export const maxControlFrameBytes = 64 * 1024
/** Bytes of one data frame on a link. */
export const maxDataFrameBytes = 1024 * 1024
/** Bytes of one signed event. */
export const maxEventBytes = 64 * 1024
/** Heads an event may name. */
export const maxDeps = 32
/** Heads an epoch names: with more, one for 500 devices would not fit an event. */
export const maxEpochDeps = 8
/** People in a conversation. */
export const maxMembers = 500
/** Devices of a person. */
export const maxDevicesPerPerson = 8
/** Skipped message keys kept for one sender in one epoch. */
export const maxSkippedKeys = 2_000
/** Days a skipped key is kept. */
export const skippedKeyDays = 30
/** Bytes of one gossip message. */
export const maxGossipBytes = 64 * 1024
/** UTF-8 bytes of the text that a stranger may send to be heard at all. */
export const maxRequestTextBytes = 2 * 1024
/** Bytes of the signed events that a request may hold. */
export const maxRequestBytes = 60 * 1024
/** People who ask to be let into a group and are kept until somebody decides. */
export const maxApplicants = 50
/** Requests of strangers that are kept until they are answered. */
export const maxRequests = 50
/** Bytes of kept requests, all together. */
export const maxRequestBytesInAll = 1024 * 1024
/** Days that a request is kept. */
export const requestDays = 30
/** UTF-8 bytes of a message's text. */
export const maxTextBytes = 16 * 1024
/** Seconds after which a message disappears at the latest: four weeks. */
export const maxLifetimeSeconds = 28 * 86_400
/** Seconds between two messages of one person in a group that is slowed down, at most: a day. */
export const maxSlowSeconds = 86_400
/** Answers that a poll offers at most; at least two. */
export const maxPollOptions = 12
/** Characters (code points) of an answer. */
export const maxPollOptionCharacters = 100
/** Parts of a degree in which a place is told: a tenth of a metre. */
export const microDegrees = 1_000_000
/** Metres by which a place may be off: half way round the earth. */
export const maxAccuracyMetres = 20_100_000
/** UTF-16 code units of a reaction: one grapheme of any kind is at most about this long, families and flags included. */
export const maxEmojiUnits = 32
/** Bytes of a picture of a person or a group. */
export const maxPictureBytes = 8 * 1024
/** Pixels of a side of a picture. */
export const maxPictureSide = 128
/** Characters (code points) of a name. */
export const maxNameCharacters = 64
/** Events of one conversation that wait for something they depend on; of one device half as many. */
export const maxPendingEvents = 1_024
/** Bytes of events of one conversation that wait; of one device half of that. */
export const maxPendingBytes = 4 * 1024 * 1024
/** Wall-clock claims after 2100-01-01 are malformed (milliseconds since 1970). */
export const maxWallClockMs = 4_102_444_800_000
/** Bytes of the largest envelope that couriers carry. */
export const maxEnvelopeBytes = 64 * 1024
/** Envelopes carried for one contact. */
export const maxCarriedEnvelopes = 200
/** Bytes of envelopes carried for one contact. */
export const maxCarriedBytes = 4 * 1024 * 1024
/** Envelopes carried for everybody together. */
export const maxCarriedInAll = 2_000
/** Bytes of envelopes carried for everybody together. */
export const maxCarriedBytesInAll = 32 * 1024 * 1024
/** Days that an envelope is carried. */
export const carriedDays = 14
