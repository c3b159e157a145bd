/** A new box: at which site it will stand, its code, and what is prepared for it. */
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { Panel } from '../../components/Panel.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { useResource } from '../use-resource.ts';
import { CodePanel } from './code-panel.tsx';
import { PreparePanel } from './prepare-panel.tsx';

/** The site that every customer has from the start. */
export const FIRST_SITE = '1';

export interface AddBoxProps {
  readonly customer: string;
  readonly name: string;
  readonly onClose: () => void;
}

export function AddBox({ customer, name, onClose }: AddBoxProps) {
  const lang = useLang();
  const sites = useResource(api.listSites(customer)).value ?? [];
  const [site, setSite] = useState(FIRST_SITE);
  const siteName = sites.find(({ id }) => id === site)?.name || m.site_first({}, lang);
  return (
    <>
      {sites.length > 1 && (
        <div class="code-panel">
          <Panel title={m.box_add({}, lang)}>
            <SelectField
              label={m.box_site({}, lang)}
              value={site}
              choices={sites.map(({ id, name: each }) => ({ value: id, text: each || m.site_first({}, lang) }))}
              onChange={setSite}
            />
          </Panel>
        </div>
      )}
      <CodePanel key={`code ${site}`} customer={customer} name={name} site={site} onClose={onClose} />
      <PreparePanel key={`prepare ${site}`} customer={customer} site={site} siteName={siteName} />
    </>
  );
}
