/** Placeholder of the growing reading, replaced by the drivers' core. */
export interface Draft {
  readonly address: string;
}
