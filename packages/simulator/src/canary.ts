/**
 * Texts that no reader of printers may ever have asked for: the simulated machines hold them in contact names, panel
 * texts, job lists and software tables. Found anywhere but here, they prove that something was read that must not be.
 */
export const CANARY = 'canari';

export const canary = (what: string, owner: string): string => `${CANARY}-${what}-${owner}`;
