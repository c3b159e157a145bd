/** Alerts: what is open, the rules, who is told, what was delivered. */
import { m } from '@rsb/messages';
import { Tabs } from '../../components/Tabs.tsx';
import { useLang } from '../../language/language.tsx';
import { useCentral } from '../central-context.tsx';
import { useMayWrite } from '../may.ts';
import { PageHead } from '../page-head.tsx';
import { WorkBehindBanner } from '../work-behind.tsx';
import { AlertList } from './alert-list.tsx';
import './alerts.css';
import { ChannelsPart } from './channels-part.tsx';
import { DeliveriesPart } from './deliveries-part.tsx';
import { RulesPart } from './rules-part.tsx';

export type AlertsPart = 'list' | 'rules' | 'channels' | 'deliveries';

export function AlertsPage({ part, query }: { readonly part: AlertsPart; readonly query: string }) {
  const lang = useLang();
  const mayWrite = useMayWrite();
  const { views } = useCentral();
  const tabs = [
    { href: views.hrefOf('/alerts'), text: m.alerts_tab_open({}, lang), current: part === 'list' },
    { href: '/alerts/rules', text: m.alerts_tab_rules({}, lang), current: part === 'rules' },
    { href: '/alerts/channels', text: m.alerts_tab_channels({}, lang), current: part === 'channels' },
    { href: '/alerts/deliveries', text: m.alerts_tab_deliveries({}, lang), current: part === 'deliveries' },
  ];
  return (
    <main id="content" class="page alerts-page">
      <PageHead title={m.alerts_title({}, lang)} />
      {mayWrite && (
        <div class="alerts-tabs">
          <Tabs tabs={tabs} label={m.alerts_title({}, lang)} />
        </div>
      )}
      <PartOf part={part} query={query} />
    </main>
  );
}

function PartOf({ part, query }: { readonly part: AlertsPart; readonly query: string }) {
  switch (part) {
    case 'list':
      return (
        <>
          <WorkBehindBanner alerts />
          <AlertList query={query} />
        </>
      );
    case 'rules':
      return <RulesPart />;
    case 'channels':
      return <ChannelsPart />;
    case 'deliveries':
      return <DeliveriesPart />;
  }
}
