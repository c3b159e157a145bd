/** Central: enrol with the dealer's code, or go on without and keep the readings on the box. */
import { m } from '@rsb/messages';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { useLang } from '../../language/language.tsx';
import { useBoxView } from '../box-context.tsx';
import { EnrolForm } from '../enrolment/enrol-form.tsx';
import { StepFrame } from './step-frame.tsx';

export interface CentralStepProps {
  readonly url: string;
  readonly onUrl: (url: string) => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

export function CentralStep({ url, onUrl, onBack, onNext }: CentralStepProps) {
  const lang = useLang();
  const box = useBoxView();
  const isEnrolled = box.agent !== null;
  return (
    <StepFrame
      title={m.start_central_title({}, lang)}
      about={m.start_central_about({}, lang)}
      onBack={onBack}
      foot={m.line_foot({}, lang)}
      next={
        isEnrolled ? (
          <Button kind="primary" onClick={onNext}>
            {m.continue_on({}, lang)}
          </Button>
        ) : (
          <Button onClick={onNext}>{m.without_central({}, lang)}</Button>
        )
      }
    >
      {isEnrolled ? (
        <p class="arrived">
          <Icon name="circle-check" />
          <span>
            <b>{m.enrolled_as({ agent: box.agent ?? '' }, lang)}</b>{' '}
            {box.dealer && m.enrolled_with({ dealer: box.dealer.name, customer: box.customer ?? '' }, lang)}
          </span>
        </p>
      ) : (
        <>
          <EnrolForm url={url} onUrl={onUrl} />
          <p class="hint step-later">{m.without_central_about({}, lang)}</p>
        </>
      )}
    </StepFrame>
  );
}
