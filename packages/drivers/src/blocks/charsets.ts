/** Character sets of IANA-CHARSET-MIB that printers declare: those that the platform knows by label, and three it does not. */

/** IANA charset number (prtLocalizationCharacterSet) to a label of the Encoding standard. */
const PLATFORM_LABELS: Readonly<Record<number, string>> = {
  3: 'windows-1252',
  4: 'windows-1252',
  5: 'iso-8859-2',
  6: 'iso-8859-3',
  7: 'iso-8859-4',
  8: 'iso-8859-5',
  9: 'iso-8859-6',
  10: 'iso-8859-7',
  11: 'iso-8859-8',
  12: 'windows-1254',
  13: 'iso-8859-10',
  17: 'shift_jis',
  18: 'euc-jp',
  36: 'euc-kr',
  38: 'euc-kr',
  57: 'gb18030',
  106: 'utf-8',
  109: 'iso-8859-13',
  110: 'iso-8859-14',
  111: 'iso-8859-15',
  112: 'iso-8859-16',
  113: 'gb18030',
  114: 'gb18030',
  1013: 'utf-16be',
  1014: 'utf-16le',
  1015: 'utf-16be',
  2024: 'shift_jis',
  2025: 'gb18030',
  2026: 'big5',
  2084: 'koi8-r',
  2086: 'ibm866',
  2088: 'koi8-u',
  2109: 'windows-874',
  2250: 'windows-1250',
  2251: 'windows-1251',
  2252: 'windows-1252',
  2253: 'windows-1253',
  2254: 'windows-1254',
  2255: 'windows-1255',
  2256: 'windows-1256',
  2257: 'windows-1257',
  2258: 'windows-1258',
};

/** hp-roman8 (RFC 1345), 0xA0 to 0xFF. */
const ROMAN8 =
  '\u00a0ÀÂÈÊËÎÏ´ˋˆ¨˜ÙÛ₤¯Ýý°ÇçÑñ¡¿¤£¥§ƒ¢âêôûáéóúàèòùäëöüÅîØÆåíøæÄìÖÜÉïßÔÁÃãÐðÍÌÓÒÕõŠšÚŸÿÞþ·µ¶¾\u00ad¼½ªº«■»±\u0000';

/** IBM850 (RFC 1345), 0x80 to 0xFF. */
const CP850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

/** IBM437 (RFC 1345), 0x80 to 0xFF. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

export type Decode = (bytes: Uint8Array) => string;

const singleByte =
  (first: number, letters: string): Decode =>
  (bytes) => {
    let text = '';
    for (const byte of bytes) text += byte < first ? String.fromCharCode(byte) : (letters[byte - first] ?? '\ufffd');
    return text;
  };

const platform =
  (label: string): Decode =>
  (bytes) =>
    new TextDecoder(label).decode(bytes);

/** IANA: 2004 hp-roman8, 2009 IBM850, 2011 IBM437. */
const OWN: Readonly<Record<number, Decode>> = {
  2004: singleByte(0xa0, ROMAN8),
  2009: singleByte(0x80, CP850),
  2011: singleByte(0x80, CP437),
};

export const LATIN_1 = 4;
export const SHIFT_JIS = 17;
export const UTF_8 = 106;
export const ROMAN_8 = 2004;
export const IBM_850 = 2009;

/** The decoder of an IANA charset number; undefined where it is not known here. */
export function findCharset(number: number): Decode | undefined {
  const label = PLATFORM_LABELS[number];
  return OWN[number] ?? (label === undefined ? undefined : platform(label));
}
