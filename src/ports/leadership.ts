// Which of several tabs holds the network and the ratchets: exactly one at any time.

export interface Leadership {
  /**
   * Stands for election until the returned function is called. `elected` is called once when this tab leads; it goes on leading until
   * the returned function is called or the tab dies, and only then another is elected (within 2 s).
   */
  campaign(elected: () => void): () => void
}
