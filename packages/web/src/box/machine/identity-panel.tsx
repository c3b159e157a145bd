/** Who a machine is: what it says of itself, and the dealer's and customer's notes, edited in place. */
import { m } from '@rsb/messages';
import { wordKind } from '@rsb/messages/value-words';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useSignedIn } from '../box-context.tsx';
import type { MachineActions } from '../machines/actions.ts';
import type { MachineRow } from '../machines/machine-row.ts';

type NoteField = 'locationNote' | 'serviceId' | 'group' | 'note';
const LONGEST: Readonly<Record<NoteField, number>> = { locationNote: 128, serviceId: 64, group: 64, note: 255 };

export function IdentityPanel({ row, actions }: { readonly row: MachineRow; readonly actions: MachineActions }) {
  const lang = useLang();
  const dates = useDates();
  const signedIn = useSignedIn();
  const { device } = row;
  const told = (value: string | null, kind = '', copied = '') =>
    value === null || value === '' ? (
      <span class="none">{m.not_told({}, lang)}</span>
    ) : (
      <>
        <span class={kind}>{value}</span>
        {copied !== '' && <CopyButton value={value} name={copied} />}
      </>
    );
  const note = (field: NoteField, name: string, shown: ComponentChildren, source: ComponentChildren = null) => {
    const parts = { field, name, row, shown, source, signedIn, actions };
    return <NoteValue key={field} {...parts} />;
  };
  const noted = (value: string | null) => value ?? <span class="none">{m.none({}, lang)}</span>;
  const isOwnLocation = device.locationNote === null && device.location !== null && device.location !== '';
  const driver = device.driver;
  return (
    <Panel title={m.identity({}, lang)}>
      <dl class="identity">
        <dt>{m.serial_number({}, lang)}</dt>
        <dd>{told(device.serialNumber, 'serial', m.serial_number({}, lang))}</dd>
        <dt>{m.mac_address({}, lang)}</dt>
        <dd>{told(device.macAddress?.toUpperCase() ?? null, 'num', m.mac_address({}, lang))}</dd>
        <dt>{m.ip_address({}, lang)}</dt>
        <dd class="num">
          {device.address}
          {device.port === 161 ? '' : `, UDP ${device.port}`}
          <CopyButton value={device.address} name={m.ip_address({}, lang)} />
        </dd>
        <dt>{m.host_name({}, lang)}</dt>
        <dd>{told(device.hostName, '', m.host_name({}, lang))}</dd>
        <dt>{m.kind({}, lang)}</dt>
        <dd>{device.kind ? wordKind(device.kind, lang.locale) : told(null)}</dd>
        <dt>{m.manufacturer({}, lang)}</dt>
        <dd>{told(device.manufacturer)}</dd>
        <dt>{m.model({}, lang)}</dt>
        <dd>{told(device.model)}</dd>
        <dt>{m.firmware({}, lang)}</dt>
        <dd>{told(device.firmware)}</dd>
        <dt>{m.asset_number({}, lang)}</dt>
        <dd>{told(device.assetNumber)}</dd>
        {note(
          'locationNote',
          m.location({}, lang),
          device.locationNote ?? told(device.location),
          isOwnLocation && <span class="hint">{m.from_the_machine({}, lang)}</span>,
        )}
        {device.locationNote !== null && device.location && (
          <>
            <dt>{m.location_of_machine({}, lang)}</dt>
            <dd>{device.location}</dd>
          </>
        )}
        {note('serviceId', m.service_id({}, lang), noted(device.serviceId))}
        {note('group', m.group({}, lang), noted(device.group))}
        {note('note', m.note({}, lang), noted(device.note))}
        <dt>{m.driver({}, lang)}</dt>
        <dd>
          {driver
            ? driver.generic
              ? m.driver_generic({ name: driver.name }, lang)
              : m.driver_version({ name: driver.name, version: driver.version }, lang)
            : told(null)}
        </dd>
        <dt>{m.first_seen({}, lang)}</dt>
        <dd class="num">{dates.date(device.firstSeen)}</dd>
        <dt>{m.last_seen({}, lang)}</dt>
        <dd class="num" title={dates.full(device.lastSeen)}>
          {dates.date(device.lastSeen)} {dates.time(device.lastSeen)}
        </dd>
        <dt>{m.monitored({}, lang)}</dt>
        <dd>
          {signedIn ? (
            <Checkbox
              ink
              checked={device.monitored}
              onChange={(monitored) => void actions.change([row], { monitored })}
            >
              {device.monitored ? m.read_and_sent({}, lang) : m.known_not_read({}, lang)}
            </Checkbox>
          ) : device.monitored ? (
            m.read_and_sent({}, lang)
          ) : (
            m.known_not_read({}, lang)
          )}
        </dd>
      </dl>
    </Panel>
  );
}

interface NoteValueProps {
  readonly field: NoteField;
  readonly name: string;
  readonly row: MachineRow;
  readonly shown: ComponentChildren;
  /** Who says so, where it is not a note of the dealer's or the customer's. */
  readonly source: ComponentChildren;
  readonly signedIn: boolean;
  readonly actions: MachineActions;
}

function NoteValue({ field, name, row, shown, source, signedIn, actions }: NoteValueProps) {
  const lang = useLang();
  const { device } = row;
  const [text, setText] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const isOpen = text !== null;
  useEffect(() => {
    if (isOpen) input.current?.select();
  }, [isOpen]);
  const save = async () => {
    const value = (text ?? '').trim();
    const fresh = value === '' ? null : value;
    if (fresh === device[field] || (await actions.change([row], { [field]: fresh }))) setText(null);
  };
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {text === null ? (
          <>
            {shown}{' '}
            <span class="note-tail">
              {source}
              {signedIn && (
                <button
                  type="button"
                  class="copy"
                  aria-label={m.change_named({ name }, lang)}
                  onClick={() => setText(device[field] ?? (field === 'locationNote' ? (device.location ?? '') : ''))}
                >
                  <Icon name="pencil" size={14} />
                </button>
              )}
            </span>
          </>
        ) : (
          <form
            class="note-form"
            onSubmit={(event) => {
              event.preventDefault();
              void save();
            }}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setText(null);
            }}
          >
            <input
              ref={input}
              class="input"
              value={text}
              maxLength={LONGEST[field]}
              aria-label={name}
              onInput={(event) => setText(event.currentTarget.value)}
            />
            <Button small type="submit" icon="check" label={m.save({}, lang)} />
          </form>
        )}
      </dd>
    </>
  );
}
