/** Agencies of the dealer: a level between dealer and customers. */
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { ask, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { HeadCell } from '../../components/DataTable.tsx';
import { Panel } from '../../components/Panel.tsx';
import { TextField } from '../../components/TextField.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';
import { LoadedPart } from '../loaded-part.tsx';
import { useResource } from '../use-resource.ts';

export function AgenciesPanel() {
  const lang = useLang();
  const { client } = useCentral();
  const agencies = useResource(api.listAgencies());
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const add = async () => {
    const answer = await ask(client, api.addAgency({ name: name.trim() }));
    if (answer.ok) setName('');
    else setProblem(answer.problem);
    await agencies.reload();
  };
  const remove = async (id: string) => {
    const answer = await ask(client, api.removeAgency(id));
    setProblem(answer.ok ? null : answer.problem);
    await agencies.reload();
  };
  return (
    <Panel id="agencies" title={m.agencies({}, lang)} flush>
      <LoadedPart of={agencies} onRetry={() => void agencies.reload()} rows={2}>
        {(all) =>
          all.length === 0 ? (
            <p class="settings-part fact">{m.agencies_none({}, lang)}</p>
          ) : (
            <table class="table plain-list">
              <thead>
                <tr>
                  <HeadCell first={m.agency({}, lang)} />
                  <HeadCell first={m.customers({}, lang)} numeric />
                  <HeadCell first={<span class="visually-hidden">{m.actions({}, lang)}</span>} />
                </tr>
              </thead>
              <tbody>
                {all.map((agency) => (
                  <tr key={agency.id} class="row">
                    <th scope="row">{agency.name}</th>
                    <td class="cell-numeric" data-name={m.customers({}, lang)}>
                      {formatCount(agency.customers, lang)}
                    </td>
                    <td class="row-actions">
                      {agency.customers === 0 && (
                        <Button small onClick={() => void remove(agency.id)}>
                          {m.site_remove({}, lang)}
                        </Button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </LoadedPart>
      <form
        class="settings-part settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void add();
        }}
      >
        <TextField
          label={m.agency({}, lang)}
          value={name}
          maxLength={255}
          error={problem && wordProblem(problem, lang)}
          onInput={(value) => {
            setName(value);
            setProblem(null);
          }}
        />
        <div class="row-of-buttons">
          <Button type="submit" disabled={name.trim() === ''}>
            {m.agency_add({}, lang)}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
