/**
 * Whose note counts when central and a box both wrote one: the higher revision; where both have the same, the box's, for
 * somebody stands at the machine there. Each side counts on from the highest revision that it knows of a field, so the side
 * that wrote on top of the other's word always wins, and no clock is asked.
 */
import type { NoteRow } from '../store/customer-notes.ts';

export interface ToldNote {
  readonly epochNo: number;
  readonly seq: number;
  readonly revision: number;
}

/** Whether what a box tells takes the place of what is known. */
export function isNewerNote(known: NoteRow, told: ToldNote): boolean {
  if (known.typed_at !== null) return told.revision >= known.revision;
  // A restored box counts its revisions from where the backup was, so a newer epoch wins before the revision does.
  if (told.epochNo !== known.epoch_no) return told.epochNo > known.epoch_no;
  return told.revision > known.revision || (told.revision === known.revision && told.seq > known.seq);
}
