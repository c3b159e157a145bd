/** API tokens: what each may do, for whom, until when, and when it was last used. */
import type { TokenMade } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { ask } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { HeadCell, TwoLines } from '../../components/DataTable.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { api, type TokenView } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';
import { LoadedPart } from '../loaded-part.tsx';
import { useResource } from '../use-resource.ts';
import { ShownOnce } from './shown-once.tsx';
import { SUBJECTS, subjectWords, TokenForm } from './token-form.tsx';

export function TokensPanel() {
  const lang = useLang();
  const tokens = useResource(api.listTokens());
  const customers = useResource(api.listCustomers());
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<TokenMade | null>(null);
  const customerName = (id: string | null) =>
    id === null ? m.token_for_all({}, lang) : (customers.value?.find((each) => each.id === id)?.name ?? '');
  return (
    <Panel
      id="tokens"
      title={m.tokens({}, lang)}
      fact={<a href="/settings/api">{m.api_read_about({}, lang)}</a>}
      flush
      right={
        !asking && (
          <Button small icon="plus" onClick={() => setAsking(true)}>
            {m.token_add({}, lang)}
          </Button>
        )
      }
    >
      {asking && (
        <TokenForm
          customers={customers.value ?? []}
          onMade={(token) => {
            setMade(token);
            setAsking(false);
            void tokens.reload();
          }}
          onClose={() => setAsking(false)}
        />
      )}
      {made && (
        <div class="settings-part stack">
          <b>{made.name}</b>
          <ShownOnce value={made.token} name={made.name} />
          <p class="hint">{m.token_once({}, lang)}</p>
        </div>
      )}
      <LoadedPart of={tokens} onRetry={() => void tokens.reload()} rows={2}>
        {(all) =>
          all.length === 0 ? (
            !asking && !made && <p class="settings-part fact">{m.tokens_none({}, lang)}</p>
          ) : (
            <table class="table plain-list">
              <thead>
                <tr>
                  <HeadCell first={m.person_name({}, lang)} />
                  <HeadCell first={m.token_scopes({}, lang)} />
                  <HeadCell first={m.token_used({}, lang)} />
                  <HeadCell first={m.token_ends({}, lang)} />
                  <HeadCell first={<span class="visually-hidden">{m.actions({}, lang)}</span>} />
                </tr>
              </thead>
              <tbody>
                {all.map((token) => (
                  <TokenRow
                    key={token.id}
                    token={token}
                    customer={customerName(token.customer)}
                    onRevoked={() => void tokens.reload()}
                  />
                ))}
              </tbody>
            </table>
          )
        }
      </LoadedPart>
    </Panel>
  );
}

interface TokenRowProps {
  readonly token: TokenView;
  readonly customer: string;
  readonly onRevoked: () => void;
}

function TokenRow({ token, customer, onRevoked }: TokenRowProps) {
  const lang = useLang();
  const dates = useDates();
  const { client } = useCentral();
  const [asking, setAsking] = useState(false);
  const scopes = SUBJECTS.flatMap((subject) => {
    const isWrite = token.scopes.includes(`write:${subject}`);
    if (!isWrite && !token.scopes.includes(`read:${subject}`)) return [];
    return `${subjectWords(subject, lang)}: ${isWrite ? m.scope_write({}, lang) : m.scope_read({}, lang)}`;
  });
  const revoke = async () => {
    await ask(client, api.revokeToken(token.id));
    onRevoked();
  };
  return (
    <tr class={token.revokedAt === null ? 'row' : 'row old'}>
      <th scope="row">
        <TwoLines first={token.name} second={customer} />
      </th>
      <td>{scopes.join(' · ')}</td>
      <td data-name={m.token_used({}, lang)}>
        {token.lastUsed === null ? (
          <span class="none">{m.token_used_never({}, lang)}</span>
        ) : (
          <span title={dates.full(token.lastUsed)}>{dates.day(token.lastUsed)}</span>
        )}
      </td>
      <td data-name={m.token_ends({}, lang)}>
        {token.revokedAt !== null
          ? m.token_revoked({}, lang)
          : token.expiresAt === null
            ? m.token_ends_never({}, lang)
            : dates.longDay(token.expiresAt)}
      </td>
      <td class="row-actions">
        {token.revokedAt === null && (
          <Button small kind="danger" onClick={() => setAsking(true)}>
            {m.token_revoke({}, lang)}
          </Button>
        )}
        <ConfirmDialog
          open={asking}
          danger
          title={m.token_revoke_ask({ name: token.name }, lang)}
          confirm={m.token_revoke({}, lang)}
          cancel={m.cancel({}, lang)}
          onConfirm={() => void revoke()}
          onClose={() => setAsking(false)}
        >
          {m.token_revoke_next({}, lang)}
        </ConfirmDialog>
      </td>
    </tr>
  );
}
