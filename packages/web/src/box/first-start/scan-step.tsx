/** Start: the networks are saved, the first scan runs, machines appear as they are found and arrive at central. */
import type { BoxView, LoadView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Progress } from '../../components/Progress.tsx';
import { lengthAhead } from '../../format/age.ts';
import { formatBytes, formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { useBox, useBoxView, useLive } from '../box-context.tsx';
import { ScanFindings } from '../machines/scan-findings.tsx';
import { ExpectedLine } from '../proposals/expected-line.tsx';
import { useAnswer } from '../use-answer.ts';
import type { ChosenNetwork } from './first-settings.ts';
import { saveNetworks } from './first-settings.ts';
import { StepFrame } from './step-frame.tsx';

export interface ScanStepProps {
  /** null: the box has them already, as they were prepared. */
  readonly networks: readonly ChosenNetwork[] | null;
  readonly community: string;
  readonly onBack: () => void;
}

export function ScanStep({ networks, community, onBack }: ScanStepProps) {
  const lang = useLang();
  const { client, live, router } = useBox();
  const box = useBoxView();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [state, setState] = useState<'ready' | 'starting' | 'started'>('ready');

  const start = async () => {
    setState('starting');
    setProblem(null);
    const failed = (found: Problem) => {
      setProblem(found);
      setState('ready');
    };
    const saved = networks && (await saveNetworks(client, networks, community));
    if (saved?.ok === false) return failed(saved.problem);
    const scan = await client.send<BoxView>('POST', '/scan');
    if (!scan.ok && !(scan.problem.kind === 'problem' && scan.problem.code === 'scanRunning'))
      return failed(scan.problem);
    if (scan.ok) live.putBox(scan.value);
    setState('started');
  };
  const isDone = state === 'started' && box.scan === null && box.lastScan !== null;
  const isNone = isDone && box.lastScan?.printers === 0;
  return (
    <StepFrame
      title={
        isDone
          ? (isNone ? m.no_machines_title : m.start_done_title)({}, lang)
          : state === 'started'
            ? m.start_scanning_title({}, lang)
            : m.start_scan_title({}, lang)
      }
      about={
        isDone
          ? (isNone ? m.no_machines_found : m.start_done_about)({}, lang)
          : state === 'started'
            ? m.start_scanning_about({}, lang)
            : m.start_scan_about({}, lang)
      }
      onBack={state === 'ready' && networks ? onBack : undefined}
      foot={state === 'ready' ? m.nothing_sent_networks({}, lang) : null}
      next={
        state === 'started' ? (
          <Button kind={isDone ? 'primary' : 'plain'} onClick={() => router.go('/')}>
            {m.to_machines({}, lang)}
          </Button>
        ) : (
          <Button kind="primary" busy={state === 'starting' && m.starting({}, lang)} onClick={() => void start()}>
            {m.start_scan({}, lang)}
          </Button>
        )
      }
    >
      {problem && <Banner icon="circle-alert" fact={wordProblem(problem, lang)} />}
      {state === 'started' ? <ScanFacts /> : networks && <ChosenList networks={networks} />}
      {isNone && <ScanFindings />}
      {isDone && <ExpectedLine always />}
    </StepFrame>
  );
}

/** Said once the number of machines is known: before the scan it would be a guess. */
function HourlyCost() {
  const lang = useLang();
  const scan = useAnswer<LoadView>('/load?days=1').value?.scan;
  if (!scan || scan.machines === 0) return null;
  const machines = m.machines_count({ count: scan.machines, machines: formatCount(scan.machines, lang) }, lang);
  return (
    <p class="fact num hourly">
      {m.start_then_hourly({ data: formatBytes(scan.hourly.kilobytes * 1000, lang), machines }, lang)}
    </p>
  );
}

function ChosenList({ networks }: { readonly networks: readonly ChosenNetwork[] }) {
  const lang = useLang();
  return (
    <ul class="found-list">
      {networks
        .filter((network) => network.isOn)
        .map((network) => (
          <li key={network.range}>
            <span>
              <b class="num">{network.range}</b>
              <span class="second">{network.note}</span>
            </span>
            <span class="fact">
              {m.addresses({ count: network.addresses, addresses: formatCount(network.addresses, lang) }, lang)}
            </span>
          </li>
        ))}
    </ul>
  );
}

function ScanFacts() {
  const lang = useLang();
  const { scan, lastScan, agent } = useBoxView();
  const { devices } = useLive();
  const found = [...(devices?.values() ?? [])].sort((a, b) => (a.firstSeen < b.firstSeen ? 1 : -1));
  const shown = (value: number) => formatCount(value, lang);
  return (
    <>
      {scan && (
        <div class="stack">
          <p class="row-of-buttons num">
            <b>{m.scan_running({ range: scan.range }, lang)}</b>
            <span class="fact">
              {m.scan_addresses(
                { done: shown(scan.done), count: scan.addresses, addresses: shown(scan.addresses) },
                lang,
              )}
            </span>
            <span class="fact">{m.scan_alive({ count: scan.alive, alive: shown(scan.alive) }, lang)}</span>
            <span class="fact">{m.scan_printers({ count: scan.printers, printers: shown(scan.printers) }, lang)}</span>
            {scan.secondsLeft !== null && (
              <span class="fact push">{m.scan_left({ time: lengthAhead(scan.secondsLeft, lang) }, lang)}</span>
            )}
          </p>
          <Progress done={scan.done} of={scan.addresses} label={m.scan_running({ range: scan.range }, lang)} />
        </div>
      )}
      {!scan && lastScan && lastScan.printers > 0 && (
        <p class="arrived" role="status">
          <Icon name={agent === null ? 'circle-check' : 'cloud-upload'} />
          <b>
            {agent === null
              ? m.found_machines({ count: lastScan.printers, machines: shown(lastScan.printers) }, lang)
              : m.arrived_at_central(
                  { count: lastScan.printers, arrived: shown(lastScan.arrived), machines: shown(lastScan.printers) },
                  lang,
                )}
          </b>
        </p>
      )}
      {!scan && lastScan && <HourlyCost />}
      <ul class="found-list">
        {found.map((device) => (
          <li key={device.id}>
            <span>
              <b>{device.hostName ?? device.address}</b>
              <span class="second">{[device.manufacturer, device.model].filter(Boolean).join(' ')}</span>
            </span>
            <span class="fact num">{device.address}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
