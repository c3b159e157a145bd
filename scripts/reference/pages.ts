/** The pages under docs/reference that are made from the code: by `npm run reference`, and held against it by a test. */
import { devicesPage } from './devices.ts';
import { errorsPage } from './errors.ts';
import { objectsPage } from './objects.ts';

export const referencePages = (root: string): Readonly<Record<string, string>> => ({
  'errors.md': errorsPage(root),
  'objects.md': objectsPage(),
  'devices.md': devicesPage(),
});
