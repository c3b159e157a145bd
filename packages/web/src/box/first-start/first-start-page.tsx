/** First start: code and password, line check, central, networks, scan (LOOK §15). No machine is asked before "Start". */
import { m } from '@rsb/messages';
import { useEffect, useState } from 'preact/hooks';
import { LanguageMenu } from '../../components/LanguageMenu.tsx';
import { Mark } from '../../components/Mark.tsx';
import { Steps } from '../../components/Steps.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox, useBoxView, useSignedIn } from '../box-context.tsx';
import { CentralStep } from './central-step.tsx';
import type { ChosenNetwork } from './first-settings.ts';
import { LineStep } from './line-step.tsx';
import { NetworksStep } from './networks-step.tsx';
import { PasswordStep } from './password-step.tsx';
import { ScanStep } from './scan-step.tsx';
import { useLineCheck } from './use-line-check.ts';
import './first-start.css';

type StepName = 'password' | 'line' | 'central' | 'networks' | 'scan';
const STEPS: readonly StepName[] = ['password', 'line', 'central', 'networks', 'scan'];

export function FirstStartPage() {
  const lang = useLang();
  const { router } = useBox();
  const box = useBoxView();
  const signedIn = useSignedIn();
  const [step, setStep] = useState<StepName>('password');
  const [networks, setNetworks] = useState<readonly ChosenNetwork[]>([]);
  const [url, setUrl] = useState(box.central.url ?? '');
  const check = useLineCheck();
  const [community, setCommunity] = useState('public');
  const [prepared, setPrepared] = useState(false);

  useEffect(() => {
    // Taken up again after a reload: the password is there, so the line comes next.
    if (box.setup === 'done' && signedIn && step === 'password') setStep('line');
    if (box.setup === 'codeNeeded' && step !== 'password') setStep('password');
  }, [box.setup, signedIn, step]);
  useEffect(() => {
    // A box that is in use has no first start any more.
    if (box.setup === 'done' && step === 'line' && box.ranges > 0) router.replace('/');
  }, [box.setup, box.ranges, step, router]);

  const names: Readonly<Record<StepName, string>> = {
    password: m.step_password({}, lang),
    line: m.step_line({}, lang),
    central: m.step_central({}, lang),
    networks: m.step_networks({}, lang),
    scan: m.step_scan({}, lang),
  };
  const body = () => {
    switch (step) {
      case 'password':
        return <PasswordStep onDone={() => setStep('line')} />;
      case 'line':
        return <LineStep url={url} onUrl={setUrl} check={check} onNext={() => setStep('central')} />;
      case 'networks':
        return (
          <NetworksStep
            networks={networks}
            onNetworks={setNetworks}
            community={community}
            onCommunity={setCommunity}
            onBack={() => setStep('central')}
            onNext={() => setStep('scan')}
            onPrepared={() => {
              setPrepared(true);
              setStep('scan');
            }}
          />
        );
      case 'central':
        return (
          <CentralStep url={url} onUrl={setUrl} onBack={() => setStep('line')} onNext={() => setStep('networks')} />
        );
      case 'scan':
        return (
          <ScanStep networks={prepared ? null : networks} community={community} onBack={() => setStep('networks')} />
        );
    }
  };
  return (
    <div class="start">
      <header class="start-bar">
        <span class="top-name">
          <Mark />
          <span class="top-words">
            <b>{m.product_box({}, lang)}</b>{' '}
            <span class="top-agent">
              {box.agent === null ? m.not_enrolled({}, lang) : m.agent({ agent: box.agent }, lang)}
            </span>
          </span>
        </span>
        <LanguageMenu long />
      </header>
      <main id="content" class="start-body">
        <Steps names={STEPS.map((name) => names[name])} at={STEPS.indexOf(step)} label={m.steps({}, lang)} />
        {body()}
      </main>
    </div>
  );
}
