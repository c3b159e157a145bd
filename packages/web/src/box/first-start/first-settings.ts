/** What the first start saves: the networks ticked, asked with one community. */
import type { SettingsInput, SettingsView } from '@rsb/contract';
import type { Answer, ApiClient } from '../../api/client.ts';
import { draftFrom, freshCredential, inputFrom } from '../settings/draft.ts';

export interface ChosenNetwork {
  readonly range: string;
  readonly addresses: number;
  readonly note: string;
  readonly isOn: boolean;
  /** One of the box's own, not typed in. */
  readonly isOwn: boolean;
}

/** Packets a second for a range of the first start; settable later. */
export const FIRST_RATE = 10;

/** The box's settings with the chosen networks in them. */
export function settingsWith(base: SettingsView, networks: readonly ChosenNetwork[], community: string): SettingsInput {
  const draft = draftFrom(base);
  const known = draft.credentials.find((credential) => credential.isPublic);
  const credential = community === 'public' && known ? known : { ...freshCredential(draft.credentials), community };
  return inputFrom(
    {
      ...draft,
      credentials: known === credential ? draft.credentials : [...draft.credentials, credential],
      ranges: networks
        .filter((network) => network.isOn)
        .map((network, at) => ({
          key: `first-${at}`,
          origin: null,
          range: network.range,
          note: network.isOwn ? network.note : '',
          credentials: [credential.id],
          packetsPerSecond: String(FIRST_RATE),
          kilobytesPerHour: '',
          hours: null,
          ping: true,
          on: true,
        })),
    },
    base,
  );
}

/** Saves them on top of what the box has now. */
export async function saveNetworks(
  client: ApiClient,
  networks: readonly ChosenNetwork[],
  community: string,
): Promise<Answer<SettingsView>> {
  const current = await client.get<SettingsView>('/settings');
  if (!current.ok) return current;
  return client.send<SettingsView>('PUT', '/settings', {
    body: settingsWith(current.value, networks, community),
    ifMatch: current.value.revision,
  });
}
