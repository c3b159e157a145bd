/** Whether a rule is about a machine: where it stands, what it is, which group the dealer put it in. */
import type { AlertRule } from '@rsb/contract';

export interface Whereabouts {
  readonly customer: string;
  readonly agency: string | null;
  /** `customer/site`, as rules name it. */
  readonly site: string;
  readonly group: string | null;
  readonly model: string | null;
}

export function isWithin({ scope }: Pick<AlertRule, 'scope'>, place: Whereabouts): boolean {
  const named = (list: readonly string[], value: string | null) =>
    list.length === 0 || (value !== null && list.includes(value));
  return (
    named(scope.customers, place.customer) &&
    named(scope.agencies, place.agency) &&
    named(scope.sites, place.site) &&
    named(scope.groups, place.group) &&
    isModel(scope.models, place.model)
  );
}

function isModel(models: readonly string[], model: string | null): boolean {
  if (models.length === 0) return true;
  const name = model?.toLowerCase() ?? '';
  return name !== '' && models.some((part) => name.includes(part.toLowerCase()));
}
