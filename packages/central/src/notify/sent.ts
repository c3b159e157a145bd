/** How an attempt to tell somebody went. */
export interface Sent {
  readonly delivered: boolean;
  /** Nothing is gained by trying again. */
  readonly final: boolean;
  /** What the other side said, for the log. */
  readonly answer: string;
}
