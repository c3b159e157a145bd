/** Lines of the day about machines: what, which machine, where, for how long, with whom. */
import type { Attention } from '@rsb/contract';
import { m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
import { Age } from '../../components/Age.tsx';
import { Panel } from '../../components/Panel.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import type { Acting } from './attention.tsx';
import { LineActions, WithCell } from './line-actions.tsx';
import { type LineMachine, MachineCell, MoreFoot, PlaceCell } from './machine-cells.tsx';

interface MachineLine extends LineMachine {
  readonly subject: string;
  readonly cause: string;
  readonly since: string;
  readonly attention: Attention;
}

interface LinesPanelProps<L extends MachineLine> {
  /** Also the view of the fleet that shows all of them. */
  readonly view: 'trouble' | 'supplies';
  readonly title: string;
  /** In which order the lines stand, in words. */
  readonly order: string;
  readonly whatHead: string;
  readonly nothing: string;
  readonly lines: readonly L[];
  readonly total: number;
  readonly what: (line: L) => ComponentChildren;
  readonly isCritical: (line: L) => boolean;
  readonly now: number;
  readonly acting: Acting;
}

export function LinesPanel<L extends MachineLine>(props: LinesPanelProps<L>) {
  const lang = useLang();
  const { lines, total, view } = props;
  return (
    <Panel
      id={view}
      title={props.title}
      fact={<span class="num">{formatCount(total, lang)}</span>}
      right={<span class="fact">{props.order}</span>}
      flush
    >
      {lines.length === 0 ? (
        <p class="panel-body fact">{props.nothing}</p>
      ) : (
        <table class="table today-table">
          <thead>
            <tr>
              <th scope="col">{props.whatHead}</th>
              <th scope="col">{m.today_machine({}, lang)}</th>
              <th scope="col">{m.today_customer_site({}, lang)}</th>
              <th scope="col" class="today-age">
                {m.today_for({}, lang)}
              </th>
              <th scope="col" class="today-with">
                {m.today_with({}, lang)}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.subject} class={`row row-line${props.isCritical(line) ? ' row-crit' : ''}`}>
                <td class="today-what">{props.what(line)}</td>
                <td>
                  <MachineCell line={line} />
                </td>
                <td>
                  <PlaceCell line={line} />
                </td>
                <td class="today-age cell-numeric">
                  <Age at={line.since} now={props.now} />
                </td>
                <td class="today-with">
                  <WithCell attention={line.attention} />
                  <LineActions line={line} name={line.name} acting={props.acting} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MoreFoot total={total} shown={lines.length} view={view} />
    </Panel>
  );
}
