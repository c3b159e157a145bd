/** How often each text of a cell has changed while it was shown: what changed is lit for 600 ms (LOOK §6, §10). */

export class Changes {
  private texts: readonly string[] = [];
  private counts: readonly number[] = [];
  private subject: string | undefined;

  /**
   * For each text the number of its changes so far; a new number draws it anew, which starts its light. What is said of
   * another subject is no change.
   */
  next(texts: readonly string[], subject?: string): readonly number[] {
    if (subject !== this.subject) Object.assign(this, { subject, texts: [], counts: [] });
    const { texts: before, counts } = this;
    this.counts = texts.map((text, at) => {
      const count = counts[at] ?? 0;
      return before[at] === undefined || before[at] === text ? count : count + 1;
    });
    this.texts = texts;
    return this.counts;
  }
}
