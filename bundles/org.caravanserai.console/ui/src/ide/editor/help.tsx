import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { StateEffect, StateField, type Extension } from '@codemirror/state';
import {
  EditorView,
  hoverTooltip,
  keymap,
  showTooltip,
  type Tooltip,
  type TooltipView,
} from '@codemirror/view';
import { createRoot } from 'react-dom/client';
import { lazy, Suspense } from 'react';
import { call } from '../../api/client';

const Markdown = lazy(async () => ({
  default: (await import('../../shared/Markdown')).Markdown,
}));

/** What could stand at a place, as the server's compiler says. */
interface Completions {
  from: number;
  to: number;
  items: Item[];
}

interface Item {
  label: string;
  kind: string;
  detail?: string;
  insert: string;
  documentation?: string;
  /** The type that is to be imported with it. */
  importName?: string;
}

/** What stands at a place. */
interface Hover {
  from: number;
  to: number;
  signature?: string;
  documentation?: string;
}

const TYPES: Record<string, string> = {
  field: 'property',
  record: 'class',
  annotation: 'interface',
  package: 'namespace',
  parameter: 'variable',
  value: 'constant',
};

/** Completion and words about what one points at, both from the server's compiler. */
export function help(file: string): Extension {
  return [
    autocompletion({ override: [(context) => complete(file, context)], activateOnTyping: true }),
    hoverTooltip((view, at) => explained(file, view, at)),
    shown,
    keymap.of([
      {
        key: 'F1',
        run: (view) => {
          void explained(file, view, view.state.selection.main.head).then((tooltip) =>
            view.dispatch({ effects: show.of(tooltip) }),
          );
          return true;
        },
      },
      {
        key: 'Escape',
        run: (view) => {
          const isShown = view.state.field(shown) !== null;
          if (isShown) {
            view.dispatch({ effects: show.of(null) });
          }
          return isShown;
        },
      },
    ]),
  ];
}

async function complete(
  file: string,
  context: CompletionContext,
): Promise<CompletionResult | null> {
  const begun = context.matchBefore(/[\w$-]+|[.@]|: |- /);
  if (!context.explicit && !begun) {
    return null;
  }
  const ended = new AbortController();
  context.addEventListener('abort', () => ended.abort(), { onDocChange: true });
  try {
    const { from, to, items } = await ask<Completions>('completions', file, context, ended.signal);
    return items.length === 0
      ? null
      : { from, to, options: items.map(option), validFor: /^[\w$-]*$/ };
  } catch {
    // One types on without completion; a save tells what is wrong.
    return null;
  }
}

function ask<T>(
  what: string,
  path: string,
  { state, pos }: Pick<CompletionContext, 'state' | 'pos'>,
  signal?: AbortSignal,
): Promise<T> {
  return call<T>(`code/${what}`, {
    method: 'POST',
    body: JSON.stringify({ path, text: state.doc.toString(), offset: pos }),
    contentType: 'application/json',
    signal,
  });
}

function option(item: Item): Completion {
  const { label, kind, detail = '', insert, documentation } = item;
  return {
    label,
    detail,
    type: TYPES[kind] ?? kind,
    apply: (view, _, from, to) => {
      const end = from + insert.length;
      const added = importOf(view, item.importName);
      view.dispatch({
        changes: [{ from, to, insert }, ...(added ? [added] : [])],
        selection: { anchor: end + (added && added.from < from ? added.insert.length : 0) },
        userEvent: 'input.complete',
      });
    },
    ...(documentation ? { info: () => written(undefined, documentation) } : {}),
  };
}

/** The line that imports a type, after the last import, or the package. */
export function importOf(
  view: Pick<EditorView, 'state'>,
  type: string | undefined,
): { from: number; insert: string } | undefined {
  const text = view.state.doc.toString();
  if (type === undefined || text.includes(`import ${type};`)) {
    return undefined;
  }
  const last = [...text.matchAll(/^(import|package)\s[^;\n]*;[^\n]*\n/gm)].at(-1);
  const isFirst = last?.[1] !== 'import';
  return last
    ? { from: last.index + last[0].length, insert: `${isFirst ? '\n' : ''}import ${type};\n` }
    : { from: 0, insert: `import ${type};\n\n` };
}

async function explained(file: string, view: EditorView, at: number): Promise<Tooltip | null> {
  try {
    const { from, to, signature, documentation } = await ask<Hover>('hover', file, {
      state: view.state,
      pos: at,
    });
    return signature || documentation
      ? { pos: from, end: to, above: true, create: () => written(signature, documentation) }
      : null;
  } catch {
    return null;
  }
}

function written(signature: string | undefined, documentation: string | undefined): TooltipView {
  const dom = document.createElement('div');
  dom.className = 'serai-hover';
  const root = createRoot(dom);
  root.render(
    <>
      {signature && <code>{signature}</code>}
      {documentation && (
        <Suspense fallback={null}>
          <Markdown text={documentation} />
        </Suspense>
      )}
    </>,
  );
  return { dom, destroy: () => queueMicrotask(() => root.unmount()) };
}

const show = StateEffect.define<Tooltip | null>();

/** The words that were asked for by a key, until something is typed. */
const shown = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    const asked = transaction.effects.find((effect) => effect.is(show));
    return asked ? asked.value : transaction.docChanged || transaction.selection ? null : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});
