/** The order of names, and of addresses as numbers: 192.168.7.120 comes before 192.168.10.9. */
const words = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

export const compareWords = (a: string, b: string): number => words.compare(a, b);
