/** What holds for all ranges together: limits of the whole box, the pause of each machine, traps. */
import { m } from '@rsb/messages';
import { Panel } from '../../components/Panel.tsx';
import { Switch } from '../../components/Switch.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import type { SettingsState } from './settings-state.ts';
import './whole-box-panel.css';

export function WholeBoxPanel({ settings }: { readonly settings: SettingsState }) {
  const lang = useLang();
  const { draft, edit, errorAt } = settings;
  return (
    <Panel title={m.whole_box({}, lang)}>
      <div class="form-grid">
        <TextField
          label={m.set_box_packets({}, lang)}
          value={draft.packetsPerSecond}
          inputMode="decimal"
          inputClass="num input-number"
          after={m.packets_per_second({}, lang)}
          hint={m.zero_no_limit({}, lang)}
          error={errorAt('/packetsPerSecond')}
          onInput={(packetsPerSecond) => edit({ packetsPerSecond })}
        />
        <TextField
          label={m.set_snmp_port({}, lang)}
          value={draft.snmpPort}
          inputMode="numeric"
          inputClass="num input-number"
          hint={m.snmp_port_hint({}, lang)}
          error={errorAt('/snmpPort')}
          onInput={(snmpPort) => edit({ snmpPort })}
        />
        <TextField
          label={m.set_box_kilobytes({}, lang)}
          value={draft.kilobytesPerHour}
          inputMode="numeric"
          inputClass="num input-number"
          after={m.kilobytes_per_hour({}, lang)}
          hint={m.empty_no_limit({}, lang)}
          error={errorAt('/kilobytesPerHour')}
          onInput={(kilobytesPerHour) => edit({ kilobytesPerHour })}
        />
        <TextField
          label={m.set_device_pause({}, lang)}
          value={draft.devicePause}
          inputMode="numeric"
          inputClass="num input-number"
          after="ms"
          hint={m.device_pause_hint({}, lang)}
          error={errorAt('/devicePause')}
          onInput={(devicePause) => edit({ devicePause })}
        />
      </div>
      <div class="traps-row">
        <Switch on={draft.trapsOn} label={m.set_traps({}, lang)} onChange={(trapsOn) => edit({ trapsOn })} />
        <p>
          <b>{m.set_traps({}, lang)}</b>
          <span class="second">{m.traps_hint({}, lang)}</span>
        </p>
        {draft.trapsOn && (
          <TextField
            label={m.set_traps_port({}, lang)}
            value={draft.trapsPort}
            inputMode="numeric"
            inputClass="num input-number"
            error={errorAt('/traps/port')}
            onInput={(trapsPort) => edit({ trapsPort })}
          />
        )}
      </div>
    </Panel>
  );
}
