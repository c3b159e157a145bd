/** Every object that this box ever asked, of the allow-list: nothing else can be asked. */
import type { AskedObjectList, AskedObjectView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordPurpose } from '@rsb/messages/purpose';
import { useState } from 'preact/hooks';
import { wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { LoadingRows, PageState } from '../../components/States.tsx';
import { WideScroll } from '../../components/WideScroll.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useNow } from '../box-context.tsx';
import { useAnswer } from '../use-answer.ts';

const FEW = 12;

export function ObjectsPanel() {
  const lang = useLang();
  const { value, problem } = useAnswer<AskedObjectList>('/objects');
  const [all, setAll] = useState(false);
  const objects = value?.objects ?? [];
  const fact = value
    ? m.left_objects_fact({ asked: formatCount(objects.length, lang), allowed: formatCount(value.allowed, lang) }, lang)
    : undefined;
  // The most asked first, so that few lines tell most.
  const shown = all ? objects : [...objects].sort((a, b) => b.times - a.times).slice(0, FEW);
  return (
    <Panel
      id="objects"
      flush
      title={m.left_objects({}, lang)}
      fact={fact}
      right={
        objects.length > FEW && (
          <Button kind="quiet" small onClick={() => setAll(!all)}>
            {all ? m.left_show_less({}, lang) : m.left_show_all({ count: formatCount(objects.length, lang) }, lang)}
          </Button>
        )
      }
    >
      {value === null && problem && (
        <PageState title={m.part_not_loaded({}, lang)}>{wordProblem(problem, lang)}</PageState>
      )}
      {value === null && !problem && <LoadingRows rows={4} label={m.loading({}, lang)} />}
      {value && objects.length === 0 && <p class="fact left-pad">{m.left_objects_none({}, lang)}</p>}
      {objects.length > 0 && <ObjectTable objects={shown} />}
    </Panel>
  );
}

function ObjectTable({ objects }: { readonly objects: readonly AskedObjectView[] }) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(60_000);
  return (
    <WideScroll label={m.left_object_what({}, lang)}>
      <table class="plain-table left-objects">
        <thead>
          <tr>
            <th scope="col">
              {m.left_object({}, lang)}
              <span class="head-second">{m.left_object_source({}, lang)}</span>
            </th>
            <th scope="col">{m.left_object_what({}, lang)}</th>
            <th scope="col" class="cell-numeric">
              {m.left_object_machines({}, lang)}
            </th>
            <th scope="col" class="cell-numeric">
              {m.left_object_times({}, lang)}
            </th>
            <th scope="col">{m.left_object_last({}, lang)}</th>
          </tr>
        </thead>
        <tbody>
          {objects.map((object) => (
            <tr key={object.object}>
              <td>
                <code class="cell-first">{object.object}</code>
                <span class="second" title={object.source}>
                  {object.source.split(/[;,]/, 1)[0]}
                </span>
              </td>
              <td>
                <span class="cell-first">{object.name}</span>
                <span class="second">{wordPurpose(object.purpose, lang.locale)}</span>
              </td>
              <td class="num cell-numeric">{formatCount(object.machines, lang)}</td>
              <td class="num cell-numeric">{formatCount(object.times, lang)}</td>
              <td class="num" title={dates.full(object.lastAsked)}>
                {dates.near(object.lastAsked, now)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideScroll>
  );
}
