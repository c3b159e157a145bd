/** Over plain HTTP from another machine: no password is asked for here, the same page over HTTPS is offered. */
import { m } from '@rsb/messages';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox } from '../box-context.tsx';
import './sign-in.css';

export function SecureOffer({ secureUrl }: { readonly secureUrl: string }) {
  const lang = useLang();
  const { router } = useBox();
  const { path, query } = router.get();
  return (
    <div class="stack">
      <p class="fact">{m.secure_about({}, lang)}</p>
      <div class="row-of-buttons">
        <Button kind="primary" icon="lock" href={`${secureUrl}${path}${query}`}>
          {m.secure_go({}, lang)}
        </Button>
      </div>
      <p class="hint secure-address">{`${secureUrl}${path}`}</p>
      <p class="hint">
        <Icon name="key-round" size={14} /> {m.secure_warns({}, lang)}
      </p>
    </div>
  );
}
