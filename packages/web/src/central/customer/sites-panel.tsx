/** Sites of a customer: what stands where, a name for each, a new one. */
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { ask, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { HeadCell, TwoLines } from '../../components/DataTable.tsx';
import { Panel } from '../../components/Panel.tsx';
import { TextField } from '../../components/TextField.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { api, type SiteView } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';
import { useMayWrite } from '../may.ts';
import { HandedDownPanel } from '../settings/handed-down-panel.tsx';
import { useResource } from '../use-resource.ts';
import '../settings/settings-page.css';

export function SitesPanel({ customer }: { readonly customer: string }) {
  const lang = useLang();
  const { client } = useCentral();
  const mayWrite = useMayWrite();
  const sites = useResource(api.listSites(customer));
  const [edited, setEdited] = useState<SiteView | 'new' | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const save = async (name: string, address: string | null) => {
    const body = { name, address };
    const call =
      edited === 'new' || edited === null ? api.addSite(customer, body) : api.changeSite(customer, edited.id, body);
    const answer = await ask(client, call);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setEdited(null);
    await sites.reload();
  };
  const remove = async (site: string) => {
    const answer = await ask(client, api.removeSite(customer, site));
    setProblem(answer.ok ? null : answer.problem);
    await sites.reload();
  };
  if (!sites.value) return null;
  const shown = (count: number) =>
    count === 0 ? <span class="none">{m.none({}, lang)}</span> : formatCount(count, lang);
  const nameOf = (site: SiteView) => site.name || m.site_first({}, lang);
  const shownSite = sites.value.find(({ id }) => id === opened);
  return (
    <>
      <Panel
        id="sites"
        title={m.sites({}, lang)}
        fact={<span class="num">{formatCount(sites.value.length, lang)}</span>}
        flush
        right={
          mayWrite &&
          edited === null && (
            <Button small icon="plus" onClick={() => setEdited('new')}>
              {m.site_add({}, lang)}
            </Button>
          )
        }
      >
        {edited !== null && (
          <SiteForm
            key={edited === 'new' ? 'new' : edited.id}
            site={edited === 'new' ? null : edited}
            onSave={(name, address) => void save(name, address)}
            onClose={() => setEdited(null)}
          />
        )}
        {problem && (
          <p class="settings-part crit" role="alert">
            {wordProblem(problem, lang)}
          </p>
        )}
        <table class="table plain-list">
          <thead>
            <tr>
              <HeadCell first={m.site({}, lang)} />
              <HeadCell first={m.boxes({}, lang)} numeric />
              <HeadCell first={m.machines({}, lang)} numeric />
              <HeadCell first={<span class="visually-hidden">{m.actions({}, lang)}</span>} />
            </tr>
          </thead>
          <tbody>
            {sites.value.map((site) => (
              <tr key={site.id} class="row">
                <th scope="row">
                  <TwoLines first={nameOf(site)} second={site.address} />
                </th>
                <td class="cell-numeric" data-name={m.boxes({}, lang)}>
                  {shown(site.boxes)}
                </td>
                <td class="cell-numeric" data-name={m.machines({}, lang)}>
                  {shown(site.devices)}
                </td>
                <td class="row-actions">
                  <Button
                    small
                    label={m.site_settings_named({ name: nameOf(site) }, lang)}
                    onClick={() => setOpened(opened === site.id ? null : site.id)}
                  >
                    {m.settings_place({}, lang)}
                  </Button>
                  {mayWrite && (
                    <Button small onClick={() => setEdited(site)}>
                      {m.site_rename({}, lang)}
                    </Button>
                  )}
                  {mayWrite && site.id !== '1' && site.boxes === 0 && site.devices === 0 && (
                    <Button small onClick={() => void remove(site.id)}>
                      {m.site_remove({}, lang)}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      {shownSite && (
        <HandedDownPanel
          key={shownSite.id}
          title={m.handed_down_at({ name: nameOf(shownSite) }, lang)}
          load={api.getSiteSettings(customer, shownSite.id)}
          save={mayWrite ? (own) => api.saveSiteSettings(customer, shownSite.id, own) : null}
        />
      )}
    </>
  );
}

interface SiteFormProps {
  readonly site: SiteView | null;
  readonly onSave: (name: string, address: string | null) => void;
  readonly onClose: () => void;
}

function SiteForm({ site, onSave, onClose }: SiteFormProps) {
  const lang = useLang();
  const [name, setName] = useState(site?.name ?? '');
  const [address, setAddress] = useState(site?.address ?? '');
  return (
    <form
      class="settings-part settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onSave(name.trim(), address.trim() || null);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <TextField label={m.site_name({}, lang)} value={name} maxLength={255} onInput={setName} />
      <TextField label={m.site_address({}, lang)} value={address} maxLength={255} onInput={setAddress} />
      <div class="row-of-buttons">
        <Button kind="primary" type="submit" disabled={name.trim() === ''}>
          {m.settings_save({}, lang)}
        </Button>
        <Button onClick={onClose}>{m.cancel({}, lang)}</Button>
      </div>
    </form>
  );
}
