/** The words of a mail: subject, text, HTML. Names come from outside and are inert in all three. */
import { m } from '@rsb/messages';
import { causeWords, ruleWord, severityWord, stepWord } from '@rsb/messages/alert-words';
import type { Locale } from '@rsb/messages/locale';
import type { ToldLine } from '../alerts/tell.ts';
import type { DeliveryPayload } from './payload.ts';

export interface MailFrame {
  readonly channelName: string;
  readonly dealer: string;
  readonly locale: Locale;
  readonly zone: string;
  /** Where people open central; null where that is not known. */
  readonly publicUrl: string | null;
}

export interface MailWords {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const LONGEST_SUBJECT = 180;
/** Control signs, line ends and marks that turn the direction of writing: none of them belongs into a line. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;

/** A name as one line. */
export const oneLine = (text: string): string => text.replaceAll(UNSEEN, ' ').replaceAll(/\s+/g, ' ').trim();

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escapeHtml = (text: string): string =>
  oneLine(text).replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

interface WordedLine {
  readonly severity: string;
  readonly isCritical: boolean;
  readonly isResolved: boolean;
  readonly step: string;
  readonly label: string;
  readonly about: string;
  readonly causes: string;
  readonly rule: string;
  readonly at: string;
  readonly link: string | null;
}

export function mailWords(payload: DeliveryPayload, frame: MailFrame): MailWords {
  const lang = { locale: frame.locale };
  const foot = m.mail_foot({ dealer: oneLine(frame.dealer), name: oneLine(frame.channelName) }, lang);
  if (payload.test) {
    const subject = m.mail_subject_test({ name: oneLine(frame.channelName) }, lang);
    const body = m.mail_test({ name: oneLine(frame.channelName) }, lang);
    return {
      subject: cut(subject),
      text: `${body}\n\n-- \n${foot}\n`,
      html: page(frame, subject, `<p style="${P}">${escapeHtml(body)}</p>`, foot),
    };
  }
  const lines = payload.lines.map((line) => wordLine(line, frame));
  const groups = Map.groupBy(
    lines.map((line, index) => ({ line, customer: payload.lines[index]?.customerName ?? '' })),
    ({ customer }) => customer,
  );
  const subject = subjectOf(payload, frame);
  const rest = payload.total - payload.lines.length;
  const more = rest > 0 ? m.mail_more({ count: rest }, lang) : null;
  const text = [
    ...[...groups].flatMap(([customer, own]) => [oneLine(customer), ...own.map(({ line }) => textOf(line)), '']),
    ...(more === null ? [] : [more, '']),
    '-- ',
    foot,
    '',
  ].join('\n');
  const html = [...groups]
    .map(
      ([customer, own]) =>
        `<h2 style="${H2}">${escapeHtml(customer)}</h2>${own.map(({ line }) => htmlOf(line, lang)).join('')}`,
    )
    .join('');
  return {
    subject,
    text,
    html: page(frame, subject, html + (more === null ? '' : `<p style="${P}">${escapeHtml(more)}</p>`), foot),
  };
}

function wordLine(line: ToldLine, { locale, zone, publicUrl }: MailFrame): WordedLine {
  const when = (text: string) => localTime(text, locale, zone);
  const causes = line.causes.map((cause) => causeWords(cause, locale, when, (day) => localDay(day, locale)));
  const service = line.serviceId === null ? null : m.mail_service_id({ id: line.serviceId }, { locale });
  return {
    severity: severityWord(line.severity, locale),
    isCritical: line.severity === 'critical',
    isResolved: line.step === 'resolved',
    step: stepWord(line.step, locale),
    label: oneLine(line.device === null ? m.alert_about_box({ agent: line.box }, { locale }) : line.label),
    about: [line.model, service]
      .filter((part) => part !== null)
      .map(oneLine)
      .join(' · '),
    causes: oneLine(causes.join(', ')),
    rule: oneLine(ruleWord({ id: line.rule, name: line.ruleName, kind: line.condition }, locale)),
    at: when(line.at),
    link: publicUrl === null ? null : `${publicUrl.replace(/\/+$/, '')}/alerts/${line.customer}/${line.alert}`,
  };
}

function subjectOf({ lines, total, daily }: DeliveryPayload, frame: MailFrame): string {
  const lang = { locale: frame.locale };
  if (daily) return cut(m.mail_subject_daily({ count: total }, lang));
  const [first] = lines;
  const customers = new Set(lines.map(({ customer }) => customer));
  if (!first || total > 1) {
    const customer = oneLine(first?.customerName ?? '');
    return cut(
      customers.size === 1 && total <= lines.length
        ? m.mail_subject_many_at({ count: total, customer }, lang)
        : m.mail_subject_many({ count: total }, lang),
    );
  }
  const { label, severity, causes: cause } = wordLine(first, frame);
  const customer = oneLine(first.customerName);
  return cut(
    first.step === 'resolved'
      ? m.mail_subject_resolved({ label, customer }, lang)
      : m.mail_subject_one({ severity, label, customer, cause }, lang),
  );
}

const cut = (subject: string): string => {
  const line = oneLine(subject);
  return line.length > LONGEST_SUBJECT ? `${line.slice(0, LONGEST_SUBJECT - 1)}…`.toWellFormed() : line;
};

function textOf({ severity, step, isResolved, label, about, causes, rule, at, link }: WordedLine): string {
  const head = isResolved ? step : `${severity}, ${step}`;
  const lines = [
    `  ${head}: ${label}${about === '' ? '' : ` (${about})`}`,
    `    ${causes === '' ? rule : causes}`,
    `    ${rule}, ${at}`,
  ];
  return [...lines, ...(link === null ? [] : [`    ${link}`])].join('\n');
}

const FONT = 'font-family:Inter,system-ui,Segoe UI,Roboto,Noto Sans,sans-serif';
const P = `${FONT};font-size:14px;line-height:20px;margin:0 0 12px;color:#17181a`;
const H2 = `${FONT};font-size:15px;line-height:24px;font-weight:600;margin:20px 0 8px;color:#17181a`;

/** A colour only where somebody must act; what is over is grey. */
function htmlOf(line: WordedLine, lang: { locale: Locale }): string {
  const color = line.isResolved ? '#676a71' : line.isCritical ? '#b0201a' : '#835200';
  const about =
    line.about === '' ? '' : ` <span style="color:#50535a;font-weight:400">${escapeHtml(line.about)}</span>`;
  const head = line.isResolved ? line.step : `${line.severity} · ${line.step}`;
  const link =
    line.link === null
      ? ''
      : ` · <a href="${escapeHtml(line.link)}" style="color:#2b46b8">${escapeHtml(m.mail_link({}, lang))}</a>`;
  return `<div style="${FONT};font-size:13px;line-height:18px;border-top:1px solid #e3e3dd;padding:10px 0;color:#17181a"><div style="color:${color};font-weight:600">${escapeHtml(head)}</div><div style="font-weight:600">${escapeHtml(line.label)}${about}</div><div>${escapeHtml(line.causes === '' ? line.rule : line.causes)}</div><div style="font-size:12px;line-height:16px;color:#50535a">${escapeHtml(line.rule)} · ${escapeHtml(line.at)}${link}</div></div>`;
}

function page({ locale, dealer }: MailFrame, title: string, body: string, foot: string): string {
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${escapeHtml(title)}</title></head><body style="margin:0;background:#f6f6f3"><div style="max-width:640px;margin:0 auto;padding:24px 16px"><div style="${FONT};font-size:13px;line-height:18px;font-weight:600;color:#50535a;margin:0 0 12px">${escapeHtml(dealer)}</div><div style="background:#ffffff;border:1px solid #e3e3dd;border-radius:8px;padding:20px 24px"><h1 style="${FONT};font-size:20px;line-height:28px;font-weight:600;margin:0 0 4px;color:#17181a">${escapeHtml(title)}</h1>${body}</div><p style="${FONT};font-size:12px;line-height:16px;color:#676a71;margin:12px 0 0">${escapeHtml(foot)}</p></div></body></html>`;
}

const DATE_LOCALES: Readonly<Record<Locale, string>> = { en: 'en-GB', fr: 'fr-FR', de: 'de-DE' };

function localTime(text: string, locale: Locale, zone: string): string {
  const at = Date.parse(text);
  if (Number.isNaN(at)) return oneLine(text);
  return new Intl.DateTimeFormat(DATE_LOCALES[locale], {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  }).format(at);
}

function localDay(day: string, locale: Locale): string {
  const at = Date.parse(day);
  if (Number.isNaN(at)) return oneLine(day);
  return new Intl.DateTimeFormat(DATE_LOCALES[locale], { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
}
