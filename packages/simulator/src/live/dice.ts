/** Chance, drawn from a repeatable source. */
import type { Random } from '@rsb/runtime';

export interface Dice {
  /** True with this probability. */
  happens(probability: number): boolean;
  /** A whole number of pages, 1 or more, exponentially spread around `mean`, never above `most`. */
  pages(mean: number, most: number): number;
  /** One of the choices, by their weights; the first where all weigh nothing. */
  oneOf<T>(choices: readonly (readonly [T, number])[], fallback: T): T;
  /** A number from `least` to `most`. */
  between(least: number, most: number): number;
}

const STEPS = 2 ** 32;

export function diceOf(random: Pick<Random, 'below'>): Dice {
  const draw = () => random.below(STEPS) / STEPS;
  return {
    happens: (probability) => draw() < probability,
    pages: (mean, most) => Math.min(most, 1 + Math.floor(-Math.log(1 - draw()) * (mean - 0.5))),
    oneOf(choices, fallback) {
      let left = draw() * choices.reduce((total, [, weight]) => total + weight, 0);
      for (const [choice, weight] of choices) {
        left -= weight;
        if (left < 0) return choice;
      }
      return fallback;
    },
    between: (least, most) => least + draw() * (most - least),
  };
}
