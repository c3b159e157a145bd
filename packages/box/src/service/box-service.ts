/** What the local page can ask of the box: the seam between its web server and its work. */
import type {
  BoxProposalList,
  BoxView,
  DeviceList,
  DevicePatch,
  DeviceView,
  ExpectedView,
  Fault,
  NetworkProposal,
  Reading,
  ReadNowResult,
} from '@rsb/contract';
import type { Outcome } from '@rsb/runtime';
import type { DisclosurePages } from '../disclosure/index.ts';
import type { HealthPages } from '../health/index.ts';
import type { AddressPages } from './address-pages.ts';
import type { DeviceListText } from './device-list-text.ts';
import type { BoxChange } from './feed.ts';
import type { LoadPages } from './load-pages.ts';
import type { MachinePages } from './machine-pages.ts';

/** Who looks, as far as it changes what is shown. */
export interface Viewer {
  readonly signedIn: boolean;
}

export interface BoxService {
  /** `mayRead` false: only what the start page needs. */
  view(viewer: Viewer & { readonly mayRead: boolean }): BoxView;
  deviceList(): DeviceList;
  readonly deviceListText: DeviceListText;
  findDevice(id: string): DeviceView | null;
  latestReadings(id: string): readonly Reading[] | null;
  readonly machines: MachinePages;
  readonly disclosure: DisclosurePages;
  readonly health: HealthPages;
  readonly loadPages: LoadPages;
  readonly addresses: Omit<AddressPages, 'stop'>;
  patchDevices(patch: DevicePatch, who: string): DeviceList;
  /** Reads all parts of one device; resolves when it is done. */
  readNow(id: string): Promise<Outcome<ReadNowResult, Fault>>;
  startScan(): Outcome<null, Fault>;
  /** Resolves when nothing more is sent. */
  stopScan(): Promise<void>;
  enrol(request: { readonly url: string; readonly code: string }, who: string): Promise<Outcome<null, Fault>>;
  readonly proposals: {
    list(): BoxProposalList;
    /** Asks central anew first. */
    ask(): Promise<BoxProposalList>;
    answer(id: string, accept: boolean, who: string): Outcome<null, Fault>;
  };
  expected(): ExpectedView;
  networks(): readonly NetworkProposal[];
  /** A name of this moment, for pages that come back. */
  mark(): string;
  /** Devices that changed since a mark; null where all are to be asked for. */
  changedSince(mark: string): readonly string[] | null;
  subscribe(listener: (change: BoxChange) => void): () => void;
}
