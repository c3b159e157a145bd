/** Identity from a vendor's own scalars and cells, given as data. */

import type { Evidence } from '@rsb/contract';
import { childOf, oid } from '@rsb/snmp/oid';
import type { AskedObject, Block } from '../definition.ts';
import type { Draft, Source, TextPath } from '../draft.ts';
import { findBrand } from './brand-name.ts';
import { cleanModel } from './model-name.ts';
import { cleanSerial } from './serial-number.ts';
import { textAt } from './text.ts';

export interface VendorText {
  /** Object without instance. */
  readonly oid: string;
  /** `0` where not said. */
  readonly instance?: string;
  readonly fills: 'model' | 'serialNumber' | 'firmware' | 'hostName' | 'location' | 'assetNumber' | 'manufacturer';
  readonly name: string;
  readonly evidence?: Evidence;
  readonly source: string;
  /** What the text means where it is not the value itself; null for nothing. */
  readonly means?: (text: string) => string | null;
}

/** One block of texts, in order of precedence. `name` is the block's. */
export function vendorTexts(name: string, texts: readonly VendorText[]): Block {
  const entries = texts.map((text) => {
    const instance = text.instance ?? '0';
    const path: TextPath = `identity.${text.fills}`;
    const evidence = text.evidence ?? 'mib';
    const asked: AskedObject = {
      oid: oid(text.oid),
      name: text.name,
      purpose: PURPOSES[text.fills],
      part: 'identity',
      evidence,
      source: text.source,
      path,
      instances: [instance],
    };
    return { text, instance, path, evidence, asked };
  });
  return {
    name,
    asks: entries.map(({ asked }) => asked),
    read(answers, draft) {
      for (const { text, instance, path, evidence, asked } of entries) {
        const told = textAt(answers, asked, instance);
        if (told === null) continue;
        const meant = text.means === undefined ? told : text.means(told);
        const value =
          meant === null
            ? null
            : text.fills === 'model'
              ? cleanModel(meant, draft.context.allBrands)
              : text.fills === 'serialNumber'
                ? cleanSerial(meant)
                : meant;
        const oids = [childOf(asked.oid, instance)];
        if (text.fills === 'model' && meant !== null) claimSisterBrand(draft, meant, { oids, how: 'value', evidence });
        if (value === null) draft.reject(path, told, oids, 'says nothing of the machine');
        draft.text(path, value, { oids, how: 'value', evidence });
      }
    },
  };
}

/** A name of the machine's own with another brand in front than the engine's maker says what is on the case. */
function claimSisterBrand(draft: Draft, model: string, source: Source): void {
  const { allBrands, ownBrands } = draft.context;
  const brand = findBrand(model, allBrands);
  if (brand !== null && brand !== ownBrands[0]?.name) draft.text('identity.manufacturer', brand, source);
}

const PURPOSES: Readonly<Record<VendorText['fills'], string>> = {
  model: 'model',
  serialNumber: 'serial number',
  firmware: 'firmware version',
  hostName: 'host name',
  location: 'location',
  assetNumber: "the user's own number for the machine",
  manufacturer: 'brand',
};
