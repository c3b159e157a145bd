/** Fields that a rule's form is made of: numbers, words to tick. */
import { Checkbox } from '../../components/Checkbox.tsx';
import { TextField } from '../../components/TextField.tsx';

interface NumberFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

export function NumberField({ label, hint, error, value, onChange }: NumberFieldProps) {
  return (
    <TextField
      label={label}
      {...(hint === undefined ? {} : { hint })}
      type="number"
      inputMode="numeric"
      error={error}
      value={value === null ? '' : String(value)}
      onInput={(text) => onChange(/^\d{1,6}$/.test(text) ? Number(text) : null)}
    />
  );
}

interface TicksProps<V extends string> {
  readonly legend: string;
  readonly hint?: string;
  readonly all: readonly V[];
  readonly chosen: readonly string[];
  readonly word: (value: V) => string;
  readonly onChange: (chosen: V[]) => void;
}

export function Ticks<V extends string>({ legend, hint, all, chosen, word, onChange }: TicksProps<V>) {
  return (
    <fieldset class="rule-ticks">
      <legend>{legend}</legend>
      {all.map((value) => (
        <Checkbox
          key={value}
          checked={chosen.includes(value)}
          onChange={(on) => onChange(all.filter((each) => (each === value ? on : chosen.includes(each))))}
        >
          {word(value)}
        </Checkbox>
      ))}
      {hint !== undefined && <span class="second">{hint}</span>}
    </fieldset>
  );
}
