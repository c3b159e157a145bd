/** Which networks the box may look at: its own proposed and not ticked, others typed in. Nothing is sent here. */
import type { NetworkList } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { ChoiceRow } from '../../components/ChoiceRow.tsx';
import { Icon } from '../../components/Icon.tsx';
import { TextField } from '../../components/TextField.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { useBox } from '../box-context.tsx';
import { PreparedStep } from '../proposals/prepared-step.tsx';
import { checkText } from '../settings/range-editor.tsx';
import { useRangeCheck } from '../settings/use-range-check.ts';
import type { ChosenNetwork } from './first-settings.ts';
import { OneAddress } from './one-address.tsx';
import { StepFrame } from './step-frame.tsx';
import { WhatItWillCost } from './what-it-will-cost.tsx';

export interface NetworksStepProps {
  readonly networks: readonly ChosenNetwork[];
  readonly onNetworks: (networks: readonly ChosenNetwork[]) => void;
  readonly community: string;
  readonly onCommunity: (community: string) => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
  /** What the dealer prepared was said yes to. */
  readonly onPrepared: () => void;
}

export function NetworksStep(props: NetworksStepProps) {
  const { networks, onNetworks, community, onCommunity, onBack, onNext } = props;
  const lang = useLang();
  const { client } = useBox();
  const [asked, setAsked] = useState(networks.length > 0);
  const [changing, setChanging] = useState(false);
  useEffect(() => {
    if (asked) return;
    void client.get<NetworkList>('/networks').then((answer) => {
      setAsked(true);
      if (!answer.ok) return;
      onNetworks(
        answer.value.networks.map((network) => ({
          range: network.range,
          addresses: network.addresses,
          note: m.network_found({ interface: network.interface, address: network.address }, lang),
          isOn: false,
          isOwn: true,
        })),
      );
    });
  }, [asked, client, lang, onNetworks]);
  const toggle = (range: string, isOn: boolean) =>
    onNetworks(networks.map((network) => (network.range === range ? { ...network, isOn } : network)));
  const rows = (isOwn: boolean) =>
    networks
      .filter((network) => network.isOwn === isOwn)
      .map((network) => (
        <ChoiceRow
          key={network.range}
          checked={network.isOn}
          onChange={(isOn) => toggle(network.range, isOn)}
          title={network.range}
          detail={network.note}
          fact={m.addresses({ count: network.addresses, addresses: formatCount(network.addresses, lang) }, lang)}
        />
      ));
  const chosen = networks.filter((network) => network.isOn);
  return (
    <StepFrame
      title={m.start_networks_title({}, lang)}
      about={m.start_networks_about({}, lang)}
      side={<WhatItWillCost chosen={chosen} community={community} />}
      onBack={onBack}
      foot={m.line_foot({}, lang)}
      next={
        <Button kind="primary" disabled={chosen.length === 0} onClick={onNext}>
          {m.continue_on({}, lang)}
        </Button>
      }
    >
      <PreparedStep onAccepted={props.onPrepared} />
      <h2>{m.networks_own({}, lang)}</h2>
      <div class="choices">
        {rows(true)}
        {asked && !networks.some((network) => network.isOwn) && <p class="fact">{m.networks_own_none({}, lang)}</p>}
      </div>
      <h2>{m.networks_other({}, lang)}</h2>
      <div class="choices">{rows(false)}</div>
      <AddNetwork
        networks={networks}
        onAdd={(network) => onNetworks([...networks.filter((other) => other.range !== network.range), network])}
      />
      <h2>{m.how_to_ask({}, lang)}</h2>
      {changing ? (
        <div class="step-form">
          <TextField
            label={m.set_community({}, lang)}
            value={community}
            maxLength={255}
            hint={m.read_access_enough({}, lang)}
            onInput={onCommunity}
          />
        </div>
      ) : (
        <p class="how-to-ask">
          <Icon name="key-round" />
          <span>
            {m.asked_with_public({}, lang)}{' '}
            <button type="button" class="link-button" onClick={() => setChanging(true)}>
              {m.change({}, lang)}
            </button>
          </span>
        </p>
      )}
      <OneAddress networks={chosen} community={community} />
    </StepFrame>
  );
}

interface AddNetworkProps {
  readonly networks: readonly ChosenNetwork[];
  readonly onAdd: (network: ChosenNetwork) => void;
}

function AddNetwork({ onAdd }: AddNetworkProps) {
  const lang = useLang();
  const [range, setRange] = useState('');
  const check = useRangeCheck(range);
  const add = () => {
    if (check.state !== 'known') return;
    const { normalized, addresses } = check.check;
    onAdd({ range: normalized, addresses, note: m.network_added({}, lang), isOn: true, isOwn: false });
    setRange('');
  };
  const meant = check.state === 'wrong' ? likelyMeant(range) : null;
  return (
    <form
      class="add-line"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <TextField
        label={m.set_range({}, lang)}
        value={range}
        inputClass="num"
        maxLength={1000}
        hint={checkText(check, lang) ?? m.range_examples({}, lang)}
        error={
          check.state === 'wrong' ? (
            <>
              {check.reason}{' '}
              {meant !== null && (
                <button type="button" class="link-button" onClick={() => setRange(meant)}>
                  {m.range_use({ range: meant }, lang)}
                </button>
              )}
            </>
          ) : undefined
        }
        onInput={setRange}
      />
      <Button type="submit" disabled={check.state !== 'known'}>
        {m.add({}, lang)}
      </Button>
    </form>
  );
}

/** "192.168.17.0/2" is a quarter of all addresses, and most likely a 4 that is missing. */
function likelyMeant(range: string): string | null {
  const [, net] = /^\s*((?:\d{1,3}\.){3})\d{1,3}\/\d\s*$/.exec(range) ?? [];
  return net === undefined ? null : `${net}0/24`;
}
