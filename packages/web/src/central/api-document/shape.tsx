/** Shapes of the API: a table of fields, each with its type; the name of another shape leads to its place. */
import { m } from '@rsb/messages';
import { createContext, Fragment } from 'preact';
import { useContext } from 'preact/hooks';
import { useLang } from '../../language/language.tsx';
import { limitsOf, type Schema, shapeName, typeParts } from './document.ts';

/** Shapes of the document by their names. */
export const Shapes = createContext<Readonly<Record<string, Schema>>>({});

export const shapeId = (name: string): string => `shape-${name}`;

export function TypeWords({ schema }: { readonly schema: Schema }) {
  return (
    <code>
      {typeParts(schema).map((each, at) =>
        'shape' in each ? (
          <a key={`${at} ${each.shape}`} href={`#${shapeId(each.shape)}`}>
            {each.shape}
          </a>
        ) : (
          <Fragment key={`${at} ${each.text}`}>{each.text}</Fragment>
        ),
      )}
    </code>
  );
}

interface Field {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
  /** Where a parameter stands. */
  readonly place?: string;
}

export function FieldTable({ fields, label }: { readonly fields: readonly Field[]; readonly label: string }) {
  const lang = useLang();
  return (
    <table class="api-fields" aria-label={label}>
      <tbody>
        {fields.map(({ name, schema, required, place }) => {
          const limits = limitsOf(schema);
          return (
            <tr key={`${place} ${name}`}>
              <th scope="row">
                <code>{name}</code>
                {place !== undefined && <span class="second">{place}</span>}
              </th>
              <td>
                <TypeWords schema={schema} />
                <span class="second">
                  {required ? '' : m.api_optional({}, lang)}
                  {limits !== '' && <span class="api-limits">{limits}</span>}
                </span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The fields of an object, below its name where it has one; of all else the type. */
export function ShapeBody({ schema, label }: { readonly schema: Schema; readonly label: string }) {
  const name = shapeName(schema) ?? shapeName(schema.items || {});
  const inside = useContext(Shapes)[name ?? ''] ?? schema;
  const { properties, required = [] } = inside;
  const fields = Object.entries(properties ?? {}).map(([field, each]) => ({
    name: field,
    schema: each,
    required: required.includes(field),
  }));
  return (
    <>
      {(name !== null || !properties) && (
        <p class="api-type">
          <TypeWords schema={schema} />
        </p>
      )}
      {fields.length > 0 && <FieldTable fields={fields} label={label} />}
    </>
  );
}
