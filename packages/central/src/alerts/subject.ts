/** Whom an alert is about: a device or a box, with what a person calls it. */
import type { DeviceId } from '../store/identifiers.ts';

export interface Subject {
  readonly subject: string;
  readonly device: DeviceId | null;
  readonly agent: string;
  readonly label: string;
  readonly model: string | null;
  readonly serviceId: string | null;
  readonly customerName: string;
  readonly zone: string;
}
