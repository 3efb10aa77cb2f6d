import {
  EmptyState,
  EmptyStateBody,
  Pagination,
  SearchInput,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
  type PaginationProps,
} from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { call, query } from '../api/client';
import type { Page } from '../api/types';
import { ProblemAlert } from './ProblemAlert';
import { useAddress } from './useAddress';
import { useTyped } from './useTyped';
import { Waiting } from './Waiting';

const PAGE_SIZES = [20, 50, 100, 200];
const PAGE_SIZE = 50;
const REFRESH_MILLIS = 5_000;

export interface Column<T> {
  /** The field by which the server sorts; a column without one is not sorted. */
  sort?: string;
  title: string;
  isNumeric?: boolean;
  cell: (item: T) => ReactNode;
}

interface Props<T> {
  /** The list of the admin API. */
  path: string;
  /** What the rows are, for screen readers and when there are none. */
  label: string;
  columns: Column<T>[];
  rowKey: (item: T) => string;
  /** Names of further parameters in the address that the server filters by. */
  filters?: string[];
  /** Parameters that are always the same. */
  fixed?: Record<string, string | number>;
  /** Whether there is a field to search by. */
  isSearchable?: boolean;
  /** Controls of those filters. */
  children?: ReactNode;
  /** What to say if there is nothing, and nothing was searched for. */
  empty?: ReactNode;
}

/** A list that the server searches, sorts and pages; what is shown is in the address. */
export function ServerTable<T>(props: Props<T>) {
  const { path, label, columns, rowKey, filters = [], fixed, children, empty } = props;
  const [address, changeAddress] = useAddress();
  const q = address.get('q') ?? '';
  const sort = address.get('sort') ?? '';
  const page = positive(address.get('page'), 1);
  const limit = positive(address.get('limit'), PAGE_SIZE);
  const wanted = Object.fromEntries(filters.map((name) => [name, address.get(name) ?? '']));
  const asked = query({ ...fixed, ...wanted, q, sort, offset: (page - 1) * limit, limit });

  const {
    data: current,
    error,
    isPlaceholderData,
  } = useQuery({
    queryKey: [path, asked],
    queryFn: ({ signal }) => call<Page<T>>(path + asked, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MILLIS,
  });
  // A search that is refused leaves the rows that were there.
  const [last, setLast] = useState<Page<T>>();
  if (current && !isPlaceholderData && current !== last) {
    setLast(current);
  }
  const data = current ?? (error ? last : undefined);

  const change = (changes: Record<string, string>) => changeAddress({ page: '', ...changes });

  const isSearched = q !== '' || Object.values(wanted).some((value) => value !== '');
  const pagination = (variant: PaginationProps['variant']) => (
    <Pagination
      variant={variant}
      itemCount={data?.total ?? 0}
      page={page}
      perPage={limit}
      perPageOptions={PAGE_SIZES.map((size) => ({ title: String(size), value: size }))}
      onSetPage={(_, next) => change({ page: next === 1 ? '' : String(next) })}
      onPerPageSelect={(_, size) => change({ limit: size === PAGE_SIZE ? '' : String(size) })}
      isCompact={variant === 'top'}
      titles={{ paginationAriaLabel: `Pages of ${label}, ${variant}` }}
      widgetId={`${path}-${variant}`}
    />
  );

  return (
    <>
      <Toolbar>
        <ToolbarContent>
          {props.isSearchable !== false && (
            <ToolbarItem>
              <Search value={q} label={`Search ${label}`} onChange={(q) => change({ q })} />
            </ToolbarItem>
          )}
          {children}
          <ToolbarItem variant="pagination">{pagination('top')}</ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      {error && <ProblemAlert failure={error} title={`No current ${label}: ${error.message}`} />}
      {!data && !error && <Waiting what={label} />}
      {data && data.items.length === 0 && (
        <EmptyState titleText={`No ${label}`} headingLevel="h2" variant="sm">
          <EmptyStateBody>
            {isSearched ? 'Nothing matches what was searched for.' : empty}
          </EmptyStateBody>
        </EmptyState>
      )}
      {data && data.items.length > 0 && (
        <>
          <div className="serai-table-box">
            <Table aria-label={label} variant="compact" className="serai-table">
              <Thead>
                <Tr>
                  {columns.map((column) => (
                    <Th
                      key={column.title}
                      modifier="nowrap"
                      className={column.isNumeric ? 'serai-numeric' : ''}
                      {...sorted(column.sort, sort, (next) => change({ sort: next }))}
                    >
                      {column.title}
                    </Th>
                  ))}
                </Tr>
              </Thead>
              <Tbody>
                {data.items.map((item) => (
                  <Tr key={rowKey(item)}>
                    {columns.map((column) => (
                      <Td
                        key={column.title}
                        dataLabel={column.title}
                        className={column.isNumeric ? 'serai-numeric' : ''}
                        modifier="breakWord"
                      >
                        {column.cell(item)}
                      </Td>
                    ))}
                  </Tr>
                ))}
              </Tbody>
            </Table>
          </div>
          {data.total > limit && pagination('bottom')}
        </>
      )}
    </>
  );
}

/** A search that waits until the typing has stopped. */
function Search(props: { value: string; label: string; onChange: (value: string) => void }) {
  const { value, label, onChange } = props;
  const [text, setText] = useTyped(value, onChange);
  return (
    <SearchInput
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(_, next) => setText(next)}
      onClear={() => setText('')}
    />
  );
}

function positive(text: string | null, otherwise: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}

function sorted(field: string | undefined, sort: string, onSort: (sort: string) => void) {
  if (field === undefined) {
    return {};
  }
  const isDescending = sort === `-${field}`;
  const isSorted = isDescending || sort === field;
  return {
    sort: {
      columnIndex: 0,
      sortBy: isSorted
        ? { index: 0, direction: isDescending ? ('desc' as const) : ('asc' as const) }
        : {},
      onSort: () => onSort(sort === field ? `-${field}` : field),
    },
  };
}
