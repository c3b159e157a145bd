/** What a person does about an alert: acknowledge, give it to somebody, put it off, end it. */
import type { AlertChange, CentralAlert } from '@rsb/contract';
import { m } from '@rsb/messages';
import { ask, type Problem } from '../../api/client.ts';
import { Icon } from '../../components/Icon.tsx';
import { Menu, MenuItem, MenuLine } from '../../components/Menu.tsx';
import { useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';
import { useResource } from '../use-resource.ts';

const HOUR = 3_600_000;

export interface AlertActionsProps {
  readonly alert: CentralAlert;
  readonly label: string;
  /** What is to be remembered of the step. */
  readonly note?: string;
  readonly onDone: (problem: Problem | null) => void;
}

export function useAlertChange({ alert, note, onDone }: Omit<AlertActionsProps, 'label'>) {
  const { client } = useCentral();
  return async (change: AlertChange) => {
    const body = note === undefined || note.trim() === '' ? change : { ...change, note: note.trim() };
    const answer = await ask(client, api.changeAlert(alert.customer, alert.id, body), { ifMatch: alert.revision });
    onDone(answer.ok ? null : answer.problem);
  };
}

export function AlertActions(props: AlertActionsProps) {
  const lang = useLang();
  return (
    <Menu
      align="right"
      buttonClass="button button-quiet button-small"
      label={m.alert_actions({ name: props.label }, lang)}
      button={<Icon name="ellipsis" />}
    >
      {() => <Items {...props} />}
    </Menu>
  );
}

function Items(props: AlertActionsProps) {
  const lang = useLang();
  const { session } = useCentral();
  const { alert } = props;
  const change = useAlertChange(props);
  const people = useResource(api.listAlertPeople()).value ?? [];
  const snooze = (until: number) => void change({ snoozedUntil: new Date(until).toISOString() });
  const tomorrow = () => {
    const day = new Date(session.now());
    day.setDate(day.getDate() + 1);
    return day.setHours(8, 0, 0, 0);
  };
  return (
    <>
      {alert.status === 'acknowledged' ? (
        <MenuItem icon="undo-2" onChoose={() => void change({ acknowledged: false })}>
          {m.alert_unacknowledge({}, lang)}
        </MenuItem>
      ) : (
        <MenuItem icon="check" onChoose={() => void change({ acknowledged: true })}>
          {m.alert_acknowledge({}, lang)}
        </MenuItem>
      )}
      <MenuLine />
      {people.map((name) => (
        <MenuItem
          key={name}
          icon="user"
          chosen={alert.assignedTo === name}
          onChoose={() => void change({ assignedTo: name })}
        >
          {m.alert_assign_to({ name }, lang)}
        </MenuItem>
      ))}
      {alert.assignedTo !== null && (
        <MenuItem icon="x" onChoose={() => void change({ assignedTo: null })}>
          {m.alert_unassign({}, lang)}
        </MenuItem>
      )}
      <MenuLine />
      {alert.status === 'snoozed' ? (
        <MenuItem icon="bell" onChoose={() => void change({ snoozedUntil: null })}>
          {m.alert_wake({}, lang)}
        </MenuItem>
      ) : (
        <>
          <MenuItem icon="moon" onChoose={() => snooze(session.now() + 4 * HOUR)}>
            {m.alert_snooze({}, lang)} · {m.alert_snooze_hours({}, lang)}
          </MenuItem>
          <MenuItem icon="moon" onChoose={() => snooze(tomorrow())}>
            {m.alert_snooze({}, lang)} · {m.alert_snooze_day({}, lang)}
          </MenuItem>
          <MenuItem icon="moon" onChoose={() => snooze(session.now() + 168 * HOUR)}>
            {m.alert_snooze({}, lang)} · {m.alert_snooze_week({}, lang)}
          </MenuItem>
        </>
      )}
      {alert.condition === 'event' && (
        <MenuItem icon="circle-check" onChoose={() => void change({ resolved: true })}>
          {m.alert_resolve({}, lang)}
        </MenuItem>
      )}
    </>
  );
}
