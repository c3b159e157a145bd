/** A fuzzing run: so many mutants from a seed, through every decoder and through engines that wait for an answer. */
import { seededRandom } from '@rsb/runtime';
import { encodeRequest, encodeResponse } from '../src/message.ts';
import { oid } from '../src/oid.ts';
import { countingCodec } from './codec-path.ts';
import { type Dialect, EnginePath } from './engine-path.ts';
import { Mutator } from './mutator.ts';
import { answerTo, TRUTH, v3AnswerTo, v3Discovered } from './truth.ts';

export interface CampaignOptions {
  readonly packets: number;
  readonly seed: number;
  /** Of how many packets one goes to an engine too; the others are of every kind of message. */
  readonly engineEvery: number;
  /** For runs that measure: told of each packet before and after. */
  readonly around?: (work: () => void) => void;
}

export interface CampaignResult {
  readonly packets: number;
  readonly throughEngines: Readonly<Record<Dialect, number>>;
  /** Mutants that were right answers by themselves, telling something else. */
  readonly believed: number;
  readonly steps: number;
  readonly used: Readonly<Record<string, number>>;
}

/** An engine remembers what it learned of a device (how much fits): after so many mutants a new one starts. */
const MUTANTS_AN_ENGINE = 500;
const DIALECTS: readonly Dialect[] = ['v1', 'v2c', 'v3'];
const NAMES = TRUTH.map((each) => each.oid);

export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const random = seededRandom(options.seed);
  const mutator = new Mutator(random);
  const codec = countingCodec();
  const seeds = seedMessages();
  const around = options.around ?? ((work) => work());
  const throughEngines: Record<Dialect, number> = { v1: 0, v2c: 0, v3: 0 };
  let engine: EnginePath | null = null;
  let dialect: Dialect = 'v1';
  let believed = 0;
  let asked = 0;
  const other = () => seeds[random.below(seeds.length)] as Uint8Array;
  try {
    for (let packet = 0; packet < options.packets; packet += 1) {
      if (packet % options.engineEvery !== 0) {
        const mutant = mutator.mutant(other(), other());
        around(() => codec.decode(mutant));
        continue;
      }
      if (engine === null || asked % MUTANTS_AN_ENGINE === 0) {
        await engine?.close();
        dialect = DIALECTS[(asked / MUTANTS_AN_ENGINE) % DIALECTS.length] as Dialect;
        engine = new EnginePath(dialect);
      }
      asked += 1;
      throughEngines[dialect] += 1;
      const outcome = await engine.run((answer) => {
        const mutant = mutator.mutant(answer, other());
        around(() => codec.decode(mutant));
        return mutant;
      });
      if (outcome.believed) believed += 1;
    }
  } finally {
    codec.restore();
    await engine?.close();
  }
  return { packets: options.packets, throughEngines, believed, steps: codec.steps, used: mutator.used };
}

/** One of each kind of sound message. */
export function seedMessages(): readonly Uint8Array[] {
  const ask = { community: 'public', requestId: 0x12345678, nonRepeaters: 0, oids: NAMES };
  const refusal = { version: 'v1', community: 'public', requestId: 5, errorStatus: 2, errorIndex: 1 } as const;
  const long = { type: 'octets', value: new Uint8Array(255).fill(0x41) } as const;
  const many = Array.from({ length: 6 }, (_, row) => ({
    oid: oid(`1.3.6.1.2.1.43.18.1.1.8.1.${row + 1}`),
    value: long,
  }));
  return [
    answerTo({ version: 'v1', ...ask }),
    answerTo({ version: 'v2c', ...ask }),
    v3AnswerTo(77, 0x12345678, NAMES),
    v3Discovered(78, 1),
    encodeRequest({ version: 'v1', pdu: 'getNext', maxRepetitions: 0, ...ask }),
    encodeRequest({ version: 'v2c', pdu: 'getBulk', maxRepetitions: 10, ...ask }),
    encodeResponse({ ...refusal, varbinds: NAMES.map((name) => ({ oid: name, value: { type: 'null' } })) }),
    encodeResponse({ ...refusal, errorStatus: 0, errorIndex: 0, version: 'v2c', varbinds: many }),
    encodeResponse({ ...refusal, version: 'v2c', errorStatus: 1, errorIndex: 0, varbinds: [] }),
  ];
}
