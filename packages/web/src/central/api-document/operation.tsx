/** One operation of the API: what it takes, what it answers, who may call it, and how from a terminal. */
import { m } from '@rsb/messages';
import { CopyButton } from '../../components/CopyButton.tsx';
import { WideScroll } from '../../components/WideScroll.tsx';
import { useLang } from '../../language/language.tsx';
import { curlOf, type Entry } from './document.ts';
import { FieldTable, ShapeBody } from './shape.tsx';

export function OperationPart({ entry }: { readonly entry: Entry }) {
  const lang = useLang();
  const { method, path, operation } = entry;
  const curl = curlOf(entry, location.origin);
  const parameters = (operation.parameters ?? []).filter((each) => each.in !== 'cookie');
  const bodies = Object.entries(operation.requestBody?.content ?? {});
  const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
  const refusals = Object.entries(operation.responses).filter(([status]) => /^[45]/.test(status));
  return (
    <details class="api-operation" id={operation.operationId}>
      <summary>
        <span class={`api-method${method === 'GET' ? '' : ' api-method-change'}`}>{method}</span>
        <code class="api-path">{path}</code>
        <span class="api-summary" lang="en">
          {operation.summary ?? operation.operationId}
        </span>
      </summary>
      <div class="api-operation-body">
        <Who scope={operation['x-scope']} />
        {parameters.length > 0 && (
          <>
            <h4>{m.api_parameters({}, lang)}</h4>
            <FieldTable
              label={m.api_parameters({}, lang)}
              fields={parameters.map(({ name, in: place, required, schema }) => ({
                name,
                place,
                schema,
                required: required ?? false,
              }))}
            />
          </>
        )}
        {bodies.map(([type, { schema }]) => (
          <div key={type}>
            <h4>
              {m.api_body({}, lang)} <span class="second">{type}</span>
            </h4>
            {schema && <ShapeBody schema={schema} label={m.api_body({}, lang)} />}
          </div>
        ))}
        {answers.map(([status, { content }]) => {
          const [type, schema] = contentOf(content);
          return (
            <div key={status}>
              <h4>
                {m.api_answer({ status }, lang)} <span class="second">{type ?? m.api_answer_empty({}, lang)}</span>
              </h4>
              {schema && <ShapeBody schema={schema} label={m.api_answer({ status }, lang)} />}
            </div>
          );
        })}
        {refusals.length > 0 && (
          <>
            <h4>{m.api_refusals({}, lang)}</h4>
            <dl class="api-refusals" lang="en">
              {refusals.map(([status, { description }]) => (
                <div key={status}>
                  <dt class="num">{status}</dt>
                  <dd>{description}</dd>
                </div>
              ))}
            </dl>
          </>
        )}
        <h4>{m.api_example({}, lang)}</h4>
        <div class="api-example">
          <WideScroll label={m.api_example({}, lang)}>
            <pre>{curl}</pre>
          </WideScroll>
          <CopyButton value={curl} name={m.api_example({}, lang)} />
        </div>
      </div>
    </details>
  );
}

function Who({ scope }: { readonly scope: string | undefined }) {
  const lang = useLang();
  if (scope === undefined) return <p class="fact">{m.api_open({}, lang)}</p>;
  if (scope === 'self') return <p class="fact">{m.api_own_account({}, lang)}</p>;
  return (
    <p class="fact">
      {m.api_scope({}, lang)} <code>{scope}</code>
    </p>
  );
}

function contentOf(content: Entry['operation']['responses'][string]['content']) {
  const [first] = Object.entries(content ?? {});
  return [first?.[0], first?.[1].schema] as const;
}
