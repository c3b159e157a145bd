/** What ERPs call the columns of a fleet, in English, German and French. */
import type { ImportColumn } from '@rsb/contract';

const HEADS: Readonly<Record<ImportColumn, readonly string[]>> = {
  customer: [
    ...['customer', 'customer name', 'company', 'account name', 'client', 'nom client', 'nom du client'],
    ...['client nom', 'raison sociale', 'société', 'kunde', 'kundenname', 'kunde name', 'kundenbezeichnung', 'firma'],
    ...['name kunde', 'firmenname', 'name des kunden', 'intitulé client', 'libellé client'],
  ],
  customerNumber: [
    ...['customer number', 'customer no', 'customer id', 'customer code', 'account number', 'account no'],
    ...['n° client', 'no client', 'nº client', 'num client', 'numéro client', 'numéro de client', 'code client'],
    ...['n° de client', 'n° du client', 'no de client', 'numéro du client', 'réf client', 'référence client'],
    ...['client code', 'compte client', 'kundennr', 'kundennummer', 'kunden nr', 'kd nr', 'kdnr', 'kundencode'],
    ...['debitor', 'debitornr', 'debitorennr', 'debitorennummer', 'debitor nr', 'kunde nr'],
  ],
  contract: [
    ...['contract', 'contract number', 'contract no', 'contract id', 'agreement', 'contrat', 'n° contrat'],
    ...['no contrat', 'n° de contrat', 'n° du contrat', 'no de contrat', 'numéro contrat', 'numéro de contrat'],
    ...['numéro du contrat', 'num contrat', 'code contrat', 'réf contrat', 'référence contrat', 'contrat n°'],
    ...['vertrag', 'vertragsnr', 'vertragsnummer', 'vertrags nr', 'vertrags nummer', 'vertrag nr', 'wartungsvertrag'],
  ],
  site: [
    ...['site', 'site name', 'location', 'place', 'nom du site', 'emplacement', 'lieu', 'agence', 'implantation'],
    ...['standort', 'aufstellort', 'aufstellungsort', 'niederlassung', 'filiale', 'lieferort'],
  ],
  manufacturer: [
    ...['manufacturer', 'make', 'brand', 'vendor', 'marque', 'fabricant', 'constructeur'],
    ...['hersteller', 'marke', 'fabrikat'],
  ],
  model: [
    ...['model', 'model name', 'product', 'machine', 'device', 'modèle', 'matériel', 'désignation', 'type'],
    ...['libellé matériel', 'article', 'modell', 'gerät', 'gerätetyp', 'gerätemodell', 'gerätebezeichnung'],
    ...['bezeichnung', 'typ', 'maschine', 'maschinentyp', 'artikel', 'artikelbezeichnung'],
  ],
  serial: [
    ...['serial', 'serial number', 'serial no', 'serialno', 'sn', 's/n', 'serial nr', 'n° de série', 'n° série'],
    ...['no de série', 'no série', 'numéro de série', 'numéro série', 'num série', 'série', 'matricule'],
    ...['seriennummer', 'seriennr', 'serien nr', 'snr', 'ser nr', 'fabriknummer', 'fabriknr', 'maschinen serial'],
  ],
  serviceId: [
    ...['service id', 'service number', 'service no', 'asset', 'asset id', 'asset number', 'asset tag', 'equipment'],
    ...['equipment id', 'equipment number', 'machine id', 'device id', 'n° de parc', 'n° parc', 'no parc'],
    ...['no de parc', 'numéro de parc', 'numéro parc', 'code parc', 'réf parc', 'code machine', 'n° machine'],
    ...['n° de machine', 'numéro de machine', 'id machine', 'n° équipement', "n° d'équipement", "numéro d'équipement"],
    ...['n° matériel', 'n° de matériel', 'numéro de matériel', 'service nr', 'servicenr'],
    ...['gerätenummer', 'gerätenr', 'geräte nr', 'geräte id', 'inventarnummer', 'inventarnr', 'maschinennummer'],
    ...['maschinennr', 'maschinen nr', 'equipmentnr', 'equipmentnummer', 'servicenummer', 'systemnummer'],
  ],
  counter: [
    ...['counter', 'last counter', 'meter', 'last meter', 'meter reading', 'last meter reading', 'total counter'],
    ...['counter total', 'total', 'compteur', 'dernier compteur', 'compteur total', 'relevé', 'relevé compteur'],
    ...['dernier relevé', 'index', 'zählerstand', 'letzter zählerstand', 'zähler', 'zählerstand gesamt'],
    ...['gesamtzähler', 'zählerstand total', 'stand', 'letzter zähler', 'zählerstand letzter'],
  ],
  counterAt: [
    ...['counter date', 'last counter date', 'meter date', 'reading date', 'last reading date', 'date of reading'],
    ...['date compteur', 'date du compteur', 'date relevé', 'date de relevé', 'date du relevé', 'date dernier relevé'],
    ...['date du dernier relevé', 'zählerdatum', 'zählerstand datum', 'datum zählerstand', 'datum', 'date'],
    ...['ablesedatum', 'ablesetag', 'zählerstand vom', 'zählerstand am', 'datum letzter zählerstand', 'gelesen am'],
  ],
};

/** Letters and digits alone: accents, umlauts written as two letters, points and spaces are habits of each program. */
export const plainHead = (head: string): string =>
  head
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/[^a-z0-9]/g, '')
    .replace(/([aou])e/g, '$1');

interface KnownHead {
  readonly column: ImportColumn;
  /** Low: says exactly this; high: says it where nothing else does. */
  readonly rank: number;
}

const KNOWN = new Map(
  Object.entries(HEADS).flatMap(([column, heads]) =>
    heads.map((head, rank): [string, KnownHead] => [plainHead(head), { column: column as ImportColumn, rank }]),
  ),
);

/** Which column stands under which head. Of two heads for one column the plainer one counts. */
export function columnsOf(heads: readonly string[]): (ImportColumn | null)[] {
  const known = heads.map((head) => KNOWN.get(plainHead(head)));
  return known.map((here) => {
    if (!here) return null;
    const best = Math.min(...known.flatMap((other) => (other?.column === here.column ? other.rank : [])));
    return here.rank === best ? here.column : null;
  });
}
