import { diffLines } from './diff';

const SIGNS = { same: ' ', old: '-', new: '+' };
const WORDS = { same: '', old: 'removed: ', new: 'added: ' };

/** Two texts compared line by line. */
export function Diff({ label, before, after }: { label: string; before: string; after: string }) {
  return (
    <div className="serai-diff" role="region" aria-label={label} tabIndex={0}>
      {diffLines(before, after).map(({ is, text }, index) => (
        <div key={index} className={`serai-diff-${is}`}>
          <span aria-hidden="true">{SIGNS[is]} </span>
          {WORDS[is] && <span className="pf-v6-screen-reader">{WORDS[is]}</span>}
          {text}
        </div>
      ))}
    </div>
  );
}
