/** The words of provenance: how a value was made and on what evidence. */
import type { ValueOrigin } from '@rsb/contract';
import { m } from '@rsb/messages';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export function howWords({ how, objects }: ValueOrigin, lang: Lang): string {
  switch (how) {
    case 'value':
      return m.origin_as_told({}, lang);
    case 'sum':
      return m.origin_sum({ count: objects.length }, lang);
    case 'join':
      return m.origin_join({ count: objects.length }, lang);
  }
}

export function evidenceWords(evidence: ValueOrigin['evidence'], lang: Lang): string {
  switch (evidence) {
    case 'mib':
      return m.evidence_mib({}, lang);
    case 'capture':
      return m.evidence_capture({}, lang);
    case 'reported':
      return m.evidence_reported({}, lang);
  }
}
