/** The one version of all packages. */
import manifest from '../package.json' with { type: 'json' };

export const VERSION: string = manifest.version;
