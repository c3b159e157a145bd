/** The API as central itself describes it (OpenAPI 3.1): groups, search, every operation with its shapes, nothing from elsewhere. */
import { m } from '@rsb/messages';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PageState } from '../../components/States.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { LoadedPart } from '../loaded-part.tsx';
import { PageHead } from '../page-head.tsx';
import { SearchField } from '../search-field.tsx';
import { useResource } from '../use-resource.ts';
import './api-page.css';
import { type ApiDocument, groupsOf } from './document.ts';
import { OperationPart } from './operation.tsx';
import { ShapeBody, Shapes, shapeId } from './shape.tsx';

export function ApiPage() {
  const lang = useLang();
  const document = useResource<ApiDocument>('/api/openapi.json');
  const [search, setSearch] = useState('');
  return (
    <main id="content" class="page api-page">
      <PageHead
        crumbs={[{ href: '/settings', text: m.settings_place({}, lang) }]}
        title={m.api_title({}, lang)}
        fact={m.api_about({}, lang)}
        right={
          <Button icon="download" href="/api/openapi.json" newTab>
            {m.api_document({}, lang)}
          </Button>
        }
      />
      <LoadedPart of={document} onRetry={() => void document.reload()} rows={8}>
        {(value) => <Document document={value} search={search} onSearch={setSearch} />}
      </LoadedPart>
    </main>
  );
}

interface DocumentProps {
  readonly document: ApiDocument;
  readonly search: string;
  readonly onSearch: (text: string) => void;
}

function Document({ document, search, onSearch }: DocumentProps) {
  const lang = useLang();
  const groups = useMemo(() => groupsOf(document, search), [document, search]);
  useEffect(openTarget, []);
  const shapes = Object.entries(document.components.schemas);
  return (
    <Shapes.Provider value={document.components.schemas}>
      <div class="list-tools">
        <SearchField value={search} label={m.api_search({}, lang)} onInput={onSearch} />
      </div>
      <div class="api-columns">
        <nav class="api-groups" aria-label={m.api_groups({}, lang)}>
          <ul>
            {groups.map(({ name, entries }) => (
              <li key={name}>
                <a href={`#group-${name}`}>{name}</a> <span class="num">{formatCount(entries.length, lang)}</span>
              </li>
            ))}
            {search === '' && (
              <li>
                <a href="#shapes">{m.api_shapes({}, lang)}</a>{' '}
                <span class="num">{formatCount(shapes.length, lang)}</span>
              </li>
            )}
          </ul>
        </nav>
        <div class="api-parts">
          {search === '' && document.info.description && <About text={document.info.description} />}
          {groups.length === 0 && <PageState title={m.api_none_match({ search }, lang)} />}
          {groups.map(({ name, entries }) => (
            <Panel
              key={name}
              id={`group-${name}`}
              title={name}
              fact={<span class="num">{formatCount(entries.length, lang)}</span>}
              flush
            >
              {entries.map((entry) => (
                <OperationPart key={entry.operation.operationId} entry={entry} />
              ))}
            </Panel>
          ))}
          {search === '' && (
            <Panel id="shapes" title={m.api_shapes({}, lang)} flush>
              {shapes.map(([name, schema]) => (
                <details key={name} class="api-operation" id={shapeId(name)}>
                  <summary>
                    <code class="api-path">{name}</code>
                  </summary>
                  <div class="api-operation-body">
                    <ShapeBody schema={schema} label={name} />
                  </div>
                </details>
              ))}
            </Panel>
          )}
        </div>
      </div>
    </Shapes.Provider>
  );
}

/** Paragraphs and points of the document's own text; what stands in back-ticks is code. */
function About({ text }: { readonly text: string }) {
  const lang = useLang();
  return (
    <Panel title={m.api_how({}, lang)}>
      <div class="api-about" lang="en">
        {text.split(/\n\n/).map((paragraph) =>
          paragraph.startsWith('- ') ? (
            <ul key={paragraph}>
              {paragraph.split(/\n(?=- )/).map((point) => (
                <li key={point}>{codeIn(point.slice(2))}</li>
              ))}
            </ul>
          ) : (
            <p key={paragraph}>{codeIn(paragraph)}</p>
          ),
        )}
      </div>
    </Panel>
  );
}

const codeIn = (text: string) =>
  text.split('`').map((part, at) => (at % 2 === 1 ? <code key={`${at} ${part}`}>{part}</code> : part));

/** An address with a sign opens what it names, and so does each link on the page. */
function openTarget(): () => void {
  const open = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const found = id === '' ? null : document.getElementById(id);
    if (found instanceof HTMLDetailsElement) found.open = true;
    found?.scrollIntoView({ block: 'start' });
  };
  open();
  window.addEventListener('hashchange', open);
  return () => window.removeEventListener('hashchange', open);
}
