/** The one way from `unknown` to a typed message: never coerces, never removes, says every problem with its path. */
import { failure, type Outcome, success } from '@rsb/runtime';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

export interface Problem {
  /** JSON pointer of the place, '' for the whole. */
  readonly path: string;
  readonly message: string;
}

export type Parser<T> = (value: unknown) => Outcome<T, readonly Problem[]>;

/** A message may be large and hostile: the first problems tell enough. */
const MOST_PROBLEMS = 20;

export function parserOf<const S extends TSchema>(schema: S): Parser<Static<S>> {
  // Made at the first use: a command that parses nothing does not wait for it.
  let made: ReturnType<typeof Compile<S>> | undefined;
  return (value) => {
    made ??= Compile(schema);
    const validator = made;
    if (validator.Check(value)) return success(value as Static<S>);
    const problems: Problem[] = [];
    for (const error of validator.Errors(value)) {
      problems.push({ path: error.instancePath, message: error.message });
      if (problems.length === MOST_PROBLEMS) break;
    }
    return failure(problems);
  };
}
