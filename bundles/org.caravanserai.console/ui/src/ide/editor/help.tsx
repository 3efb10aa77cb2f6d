import {
  autocompletion,
  snippet,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import {
  EditorView,
  hoverTooltip,
  keymap,
  showTooltip,
  type Tooltip,
  type TooltipView,
} from '@codemirror/view';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { call, Problem } from '../../api/client';
import { importOf } from './imports';

const AGAIN_MILLIS = 150;
const TRIES = 20;

/** What could stand at a place, as the server says. */
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

/** The pictures of CodeMirror for what the server tells of. */
const TYPES: Record<string, string> = {
  field: 'property',
  record: 'class',
  annotation: 'interface',
  package: 'namespace',
  value: 'constant',
};

/** Completion, and words about what one points at, both from the server, which knows Java. */
export function help(file: string): Extension {
  if (!/\.java$/i.test(file)) {
    return [];
  }
  return [
    autocompletion({ override: [(context) => complete(file, context)] }),
    hoverTooltip((view, at) => explained(file, view.state, at)),
    shown,
    keymap.of([
      { key: 'F1', run: (view) => explain(file, view) },
      { key: 'Escape', run: conceal },
    ]),
  ];
}

async function complete(
  file: string,
  context: CompletionContext,
): Promise<CompletionResult | null> {
  const isBegun = context.matchBefore(/[\w$.@]/) !== null;
  if (!context.explicit && !isBegun) {
    return null;
  }
  const { state, pos } = context;
  const found = await ask<Completions>('completions', file, state, pos, () => !context.aborted);
  return found && found.items.length > 0
    ? {
        from: found.from,
        to: found.to,
        options: found.items.map(option),
        validFor: /^[\w$]*$/,
      }
    : null;
}

let last: Promise<unknown> = Promise.resolve();

/** Asks one thing after the other, as the server answers a user only one at a time. */
function ask<T>(
  what: string,
  file: string,
  state: EditorState,
  offset: number,
  isWanted: () => boolean,
): Promise<T | undefined> {
  const body = () => JSON.stringify({ path: file, text: state.doc.toString(), offset });
  const asked = last.then(async () => {
    for (let i = 0; i < TRIES && isWanted(); i++) {
      try {
        return await call<T>(`code/${what}`, {
          method: 'POST',
          body: body(),
          contentType: 'application/json',
        });
      } catch (failure) {
        if (!(failure instanceof Problem && failure.status === 429)) {
          // One writes on without help; a save tells what is wrong.
          return undefined;
        }
        await new Promise((resolve) => window.setTimeout(resolve, AGAIN_MILLIS));
      }
    }
    return undefined;
  });
  last = asked;
  return asked;
}

function option({ label, kind, detail, insert, documentation, importName }: Item): Completion {
  return {
    label,
    type: TYPES[kind] ?? kind,
    ...(detail ? { detail } : {}),
    ...(documentation ? { info: () => written(undefined, documentation) } : {}),
    apply: (view, completion, from, to) => {
      if (insert.endsWith('()') && !label.endsWith('()')) {
        // What a method is given is written between its parentheses; Tab goes behind them.
        snippet(`${insert.slice(0, -1)}\${})\${}`)(view, completion, from, to);
        return;
      }
      const { text, line } = importOf(view.state.doc.toString(), insert, importName);
      const moved = line && line.from < from ? line.insert.length : 0;
      view.dispatch({
        changes: [{ from, to, insert: text }, ...(line ? [line] : [])],
        selection: { anchor: from + moved + text.length },
        scrollIntoView: true,
        userEvent: 'input.complete',
      });
    },
  };
}

async function explained(file: string, state: EditorState, at: number): Promise<Tooltip | null> {
  const found = await ask<Hover | undefined>('hover', file, state, at, () => true);
  if (!found) {
    return null;
  }
  const words = await written(found.signature, found.documentation);
  return { pos: found.from, end: found.to, above: true, create: () => words };
}

/** Tells of what is at the cursor, and reads it out. */
function explain(file: string, view: EditorView): boolean {
  const { state } = view;
  void explained(file, state, state.selection.main.head).then((tooltip) => {
    if (view.state.doc !== state.doc || !view.dom.isConnected) {
      return;
    }
    view.dispatch({
      effects: [
        show.of(tooltip),
        ...(tooltip ? [] : [EditorView.announce.of('There is nothing to say of it')]),
      ],
    });
  });
  return true;
}

function conceal(view: EditorView): boolean {
  const isShown = view.state.field(shown) !== null;
  if (isShown) {
    view.dispatch({ effects: show.of(null) });
  }
  return isShown;
}

/** Words that have their size at once, as CodeMirror looks for a place where they fit. */
async function written(
  signature: string | undefined,
  documentation: string | undefined,
): Promise<TooltipView> {
  const { Markdown } = await import('../../shared/Markdown');
  const dom = document.createElement('div');
  dom.className = 'serai-words';
  dom.tabIndex = 0;
  dom.setAttribute('role', 'status');
  const root = createRoot(dom);
  flushSync(() =>
    root.render(
      <>
        {signature && <code className="serai-signature">{signature}</code>}
        {documentation && <Markdown text={documentation} />}
      </>,
    ),
  );
  return { dom, destroy: () => queueMicrotask(() => root.unmount()) };
}

const show = StateEffect.define<Tooltip | null>();

/** The words that were asked for by a key, until one goes on. */
const shown = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    const asked = transaction.effects.find((effect) => effect.is(show));
    if (asked) {
      return asked.value;
    }
    return transaction.docChanged || transaction.selection ? null : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});
