/** The way of a box through a proxy to central: its address, a login where it asks for one, what is reached without it. */
import type { ProposedSettings } from '@rsb/contract';
import { m } from '@rsb/messages';
import { Checkbox } from '../../components/Checkbox.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';

export interface ProxyDraft {
  readonly on: boolean;
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly exceptions: string;
}

export const NO_PROXY: ProxyDraft = { on: false, url: '', user: '', password: '', exceptions: '' };

export const isFineProxy = ({ on, url }: ProxyDraft): boolean =>
  !on || (URL.canParse(url.trim()) && /^https?:\/\//i.test(url.trim()));

export function proxyOf({
  on,
  url,
  user,
  password,
  exceptions,
}: ProxyDraft): Pick<ProposedSettings, 'proxy' | 'proxyPassword'> {
  if (!on) return {};
  const hosts = exceptions
    .split(',')
    .map((host) => host.trim())
    .filter(Boolean);
  return {
    proxy: { url: url.trim(), user: user.trim() || null, exceptions: hosts },
    ...(password === '' ? {} : { proxyPassword: password }),
  };
}

export interface ProxyFieldsProps {
  readonly proxy: ProxyDraft;
  readonly onChange: (proxy: ProxyDraft) => void;
}

export function ProxyFields({ proxy, onChange }: ProxyFieldsProps) {
  const lang = useLang();
  const set = (part: Partial<ProxyDraft>) => onChange({ ...proxy, ...part });
  return (
    <div class="proxy-fields">
      <Checkbox checked={proxy.on} onChange={(on) => set({ on })}>
        {m.proxy_use({}, lang)}
      </Checkbox>
      {!proxy.on && <span class="hint">{m.proxy_about({}, lang)}</span>}
      {proxy.on && (
        <div class="login-fields">
          <TextField
            label={m.set_proxy({}, lang)}
            value={proxy.url}
            maxLength={500}
            hint="http://proxy.example:3128"
            onInput={(url) => set({ url })}
          />
          <TextField
            label={m.set_proxy_exceptions({}, lang)}
            value={proxy.exceptions}
            hint={m.proxy_exceptions_hint({}, lang)}
            onInput={(exceptions) => set({ exceptions })}
          />
          <TextField
            label={m.set_proxy_user({}, lang)}
            value={proxy.user}
            maxLength={255}
            hint={m.proxy_user_hint({}, lang)}
            onInput={(user) => set({ user })}
          />
          <PasswordField
            label={m.set_proxy_password({}, lang)}
            value={proxy.password}
            autocomplete="off"
            onInput={(password) => set({ password })}
          />
        </div>
      )}
    </div>
  );
}
