/** Tables of alerts and of telling them, as Kysely sees them. */

/** Row 1: the dealer's rules, as JSON. */
export interface AlertRulesTable {
  id: number;
  value: string;
  revision: number;
}

export interface AlertTable {
  customer_id: number;
  id: number;
  /** `device ID` or `box AGENT`. */
  subject: string;
  device_id: number | null;
  agent: string;
  rule_id: string;
  rule_name: string | null;
  condition: string;
  severity: 'critical' | 'warning' | 'info';
  /** 0 critical, 1 warning, 2 info: the order of lists. */
  rank: number;
  status: 'open' | 'acknowledged' | 'snoozed' | 'resolved';
  /** 1 until it is resolved. */
  live: number;
  causes: string;
  /** Other rules that this fault fits, as JSON: they open nothing of their own. */
  also: string;
  label: string;
  model: string | null;
  service_id: string | null;
  /** What is searched, in lower case. */
  search: string;
  opened_at: number;
  changed_at: number;
  resolved_at: number | null;
  acknowledged_by: string | null;
  assigned_to: string | null;
  snoozed_until: number | null;
  revision: number;
}

export interface AlertStepTable {
  customer_id: number;
  alert_id: number;
  no: number;
  at: number;
  step: string;
  by: string | null;
  /** Of `assigned`. */
  given_to: string | null;
  /** Of `snoozed`. */
  until: number | null;
  /** Why central itself ended it. */
  reason: string | null;
  /** A person's own words. */
  note: string | null;
}

/** What rules know of a subject, as JSON, and up to which reading. */
export interface AlertWatchTable {
  customer_id: number;
  subject: string;
  read_at: number;
  value: string;
}

/** What is to be told and is in no delivery yet. */
export interface NotificationTable {
  customer_id: number;
  id: number;
  channel_id: number;
  alert_id: number;
  made_at: number;
  ready_at: number;
  group_key: string;
  line: string;
}

export interface AlertChannelTable {
  id: number;
  value: string;
  /** The signing secret of a webhook, encrypted. */
  secret: string | null;
  revision: number;
  created_at: number;
}

/** Row 1: the dealer's mail server. */
export interface MailServerTable {
  id: number;
  value: string;
  /** Encrypted. */
  password: string | null;
  revision: number;
}

/** What goes, or went, to a channel: stays as the log. */
export interface DeliveryTable {
  id: number;
  channel_id: number;
  channel_name: string;
  kind: 'mail' | 'webhook';
  made_at: number;
  state: 'waiting' | 'sending' | 'delivered' | 'gaveUp';
  attempts: number;
  next_at: number;
  delivered_at: number | null;
  answer: string | null;
  alerts: number;
  is_test: number;
  payload: string;
  token: string | null;
  leased_until: number;
}

export interface AlertTables {
  alert_rules: AlertRulesTable;
  alert: AlertTable;
  alert_step: AlertStepTable;
  alert_watch: AlertWatchTable;
  notification: NotificationTable;
  alert_channel: AlertChannelTable;
  mail_server: MailServerTable;
  delivery: DeliveryTable;
}
