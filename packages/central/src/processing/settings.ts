/** What a dealer may set for processing; everything has a value that fits most fleets. */

export interface ProcessingSettings {
  /** IANA zone in which days are told. */
  readonly zone: string;
  /** Hours without a reading after which a machine is told as silent. */
  readonly silentHours: number;
  /** Pages a minute that any machine is believed, until its own past shows that it is faster. */
  readonly pagesPerMinute: number;
}

export const DEFAULT_SETTINGS: ProcessingSettings = { zone: 'UTC', silentHours: 48, pagesPerMinute: 60 };
