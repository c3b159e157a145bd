/** First start: code and password, networks, central, scan. Nothing goes into the network before "Start" (LOOK §5). */
import { m } from '@rsb/messages';
import { useEffect, useState } from 'preact/hooks';
import { LanguageMenu } from '../../components/LanguageMenu.tsx';
import { Mark } from '../../components/Mark.tsx';
import { Steps } from '../../components/Steps.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox, useBoxView, useSignedIn } from '../box-context.tsx';
import { CentralStep } from './central-step.tsx';
import type { ChosenNetwork } from './first-settings.ts';
import { NetworksStep } from './networks-step.tsx';
import { PasswordStep } from './password-step.tsx';
import { ScanStep } from './scan-step.tsx';
import './first-start.css';

type StepName = 'password' | 'networks' | 'central' | 'scan';
const STEPS: readonly StepName[] = ['password', 'networks', 'central', 'scan'];

export function FirstStartPage() {
  const lang = useLang();
  const { router } = useBox();
  const box = useBoxView();
  const signedIn = useSignedIn();
  const [step, setStep] = useState<StepName>('password');
  const [networks, setNetworks] = useState<readonly ChosenNetwork[]>([]);
  const [community, setCommunity] = useState('public');

  useEffect(() => {
    // Taken up again after a reload: the password is there, so the networks come next.
    if (box.setup === 'done' && signedIn && step === 'password') setStep('networks');
    if (box.setup === 'codeNeeded' && step !== 'password') setStep('password');
  }, [box.setup, signedIn, step]);
  useEffect(() => {
    // A box that is in use has no first start any more.
    if (box.setup === 'done' && step === 'networks' && networks.length === 0 && box.ranges > 0) router.replace('/');
  }, [box.setup, box.ranges, step, networks.length, router]);

  const names: Readonly<Record<StepName, string>> = {
    password: m.step_password({}, lang),
    networks: m.step_networks({}, lang),
    central: m.step_central({}, lang),
    scan: m.step_scan({}, lang),
  };
  const body = () => {
    switch (step) {
      case 'password':
        return <PasswordStep onDone={() => setStep('networks')} />;
      case 'networks':
        return (
          <NetworksStep
            networks={networks}
            onNetworks={setNetworks}
            community={community}
            onCommunity={setCommunity}
            onNext={() => setStep('central')}
          />
        );
      case 'central':
        return <CentralStep onBack={() => setStep('networks')} onNext={() => setStep('scan')} />;
      case 'scan':
        return <ScanStep networks={networks} community={community} onBack={() => setStep('central')} />;
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
