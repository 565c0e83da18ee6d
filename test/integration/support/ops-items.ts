/** OpsItems, which moto has not got: as much of OpsCenter as a document needs, in memory. */
import type { Call } from '../../support/aws/wire.ts';
import { fails } from '../../support/memory.ts';

interface OpsItem {
  readonly OpsItemId: string;
  Status: string;
  OperationalData?: unknown;
  readonly [field: string]: unknown;
}

class OpsItems {
  items: OpsItem[] = [];

  reset(): void {
    this.items = [];
  }

  readonly services = ['ssm'];

  answer({ api, input }: Pick<Call, 'api' | 'input'>): unknown {
    if (api === 'CreateOpsItem') return this.#create(input);
    if (api === 'UpdateOpsItem') return this.#update(input);
    if (api === 'DescribeOpsItems') return this.#describe(input);
    return undefined;
  }

  #create(input: Record<string, unknown>): object {
    const same = this.items.find(
      (item) =>
        ['Open', 'InProgress'].includes(item.Status) &&
        dedupOf(item) !== undefined &&
        dedupOf(item) === dedupOf(input),
    );
    if (same) return fails('OpsItemAlreadyExistsException');
    const OpsItemId = `oi-${String(this.items.length + 1).padStart(12, '0')}`;
    this.items.push({ ...input, OpsItemId, Status: 'Open' });
    return { OpsItemId };
  }

  #update({ OpsItemId, Status, OperationalData }: Record<string, unknown>): object {
    const item = this.items.find((one) => one.OpsItemId === OpsItemId);
    if (!item) return fails('OpsItemNotFoundException');
    if (typeof Status === 'string') item.Status = Status;
    item.OperationalData = { ...(item.OperationalData as object), ...(OperationalData as object) };
    return {};
  }

  #describe({ OpsItemFilters }: Record<string, unknown>): object {
    const filters = (OpsItemFilters ?? []) as { Key: string; Values: string[]; Operator: string }[];
    const found = this.items.filter((item) =>
      filters.every(({ Key, Values, Operator }) => {
        const value = Key === 'OperationalData' ? JSON.stringify(item.OperationalData) : item[Key];
        if (Key === 'OperationalData') {
          return Values.some((one) => {
            const { key, value } = JSON.parse(one) as { key: string; value: string };
            return (item.OperationalData as Record<string, { Value: string }>)?.[key]?.Value === value;
          });
        }
        return Values.some((one) => (Operator === 'Contains' ? String(value).includes(one) : value === one));
      }),
    );
    return {
      OpsItemSummaries: found.map(
        ({ OpsItemId, Title, Source, Status, Severity, Category, Priority, ...item }) => ({
          OpsItemId,
          Title,
          Source,
          Status,
          Severity,
          Category,
          Priority,
          OperationalData: searchable(item),
        }),
      ),
    };
  }
}

const dedupOf = ({ OperationalData }: Record<string, unknown>): string | undefined =>
  (OperationalData as Record<string, { Value: string }> | undefined)?.['/aws/dedup']?.Value;

/** Data that is not searchable is for GetOpsItem alone. */
const searchable = ({ OperationalData }: { readonly OperationalData?: unknown }): object =>
  Object.fromEntries(
    Object.entries((OperationalData ?? {}) as Record<string, { Type?: string }>).filter(
      ([, { Type }]) => Type === 'SearchableString',
    ),
  );

export const opsItems = new OpsItems();
