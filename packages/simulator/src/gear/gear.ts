/** What else stands on the seed's site and answers SNMP: none of it is a printer, none of it may be kept. */
import type { SimulatedMachine } from '../machine.ts';
import { accessPoint, camera, ups } from './appliances.ts';
import { linuxServer, nas, windowsPc } from './computers.ts';
import { networkSwitch, router } from './network-gear.ts';

export const gear: readonly SimulatedMachine[] = [
  router('127.0.10.1', 'rt-ostwald', '00:1A:8C:10:00:01'),
  networkSwitch('127.0.10.2', 'sw-etage1', '00:1A:1E:A0:10:02'),
  linuxServer('127.0.10.10', 'srv-fichiers', '52:54:00:0A:10:0A'),
  nas('127.0.10.20', 'nas-sauvegarde', '00:11:32:20:10:14'),
  windowsPc('127.0.10.31', 'PC-COMPTA-07', '3C:52:82:31:10:1F'),
  accessPoint('127.0.10.40', 'ap-accueil', '78:8A:20:40:10:28'),
  camera('127.0.10.50', 'cam-entree', 'AC:CC:8E:50:10:32'),
  ups('127.0.10.60', 'onduleur-1', '00:C0:B7:60:10:3C'),
  router('127.0.7.1', 'rt-mulhouse', '00:1A:8C:07:00:01'),
  windowsPc('127.0.7.33', 'PC-MULHOUSE-02', '3C:52:82:33:07:21'),
  router('127.0.17.1', 'rt-besancon', '00:1A:8C:17:00:01'),
];
