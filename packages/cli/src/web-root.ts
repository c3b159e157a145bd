/** Where `npm run build` puts the pages of an app. */
import { resolve } from 'node:path';

export function webRoot(app: 'box' | 'central'): string {
  return resolve(import.meta.dirname, '../../web/dist', app);
}
