const WIDTH = 120;
const HEIGHT = 28;

/** How a number has gone lately, as a small curve; it says nothing that a text beside it does not. */
export function Sparkline({ values }: { values: (number | null)[] }) {
  const greatest = Math.max(...values.map((value) => value ?? 0), 0);
  const across = WIDTH / Math.max(1, values.length - 1);
  const points = values
    .map((value, index) =>
      value === null
        ? ''
        : `${(index * across).toFixed(1)},${(HEIGHT - 1 - (greatest === 0 ? 0 : (value / greatest) * (HEIGHT - 2))).toFixed(1)}`,
    )
    .filter((point) => point !== '')
    .join(' ');
  return (
    <svg className="serai-sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      <polyline points={points} />
    </svg>
  );
}
