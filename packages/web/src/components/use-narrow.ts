/** Whether cards stand in the place of the table (LOOK §6: below 720 px). */
import { useMedia } from './use-media.ts';

export const useNarrow = (): boolean => useMedia('(max-width: 719.9px)');
