import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import uPlot, { type AlignedData, type Options } from 'uplot';
import { UNITS, type Line, type Unit } from './numbers';

const HEIGHT = 180;
const AXIS_WIDTH = 72;
// Of both schemes: each has enough contrast with white and with black.
const COLORS = ['blue--50', 'orange--50', 'purple--40'];

interface Props {
  lines: Line[];
  unit: Unit;
  times: number[];
  values: Record<string, (number | null)[]>;
  /** The name of the group of charts whose cursors move together. */
  group: string;
}

/** The curves of a chart; what they show is in a table for who does not see them. */
export default function Plot({ lines, unit, times, values, group }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const data = useRef<AlignedData>([[]]);
  const titles = lines.map(({ title }) => title).join('\n');

  useEffect(() => {
    const element = box.current;
    if (!element) {
      return undefined;
    }
    const draw = () => {
      plot.current?.destroy();
      plot.current = new uPlot(
        options(element, titles.split('\n'), unit, group),
        data.current,
        element,
      );
    };
    draw();
    const resized = new ResizeObserver(() =>
      plot.current?.setSize({ width: element.clientWidth, height: HEIGHT }),
    );
    resized.observe(element);
    // Light and dark are a class of the document, and what the canvas is drawn with comes from it.
    const themed = new MutationObserver(draw);
    themed.observe(document.documentElement, { attributeFilter: ['class'] });
    return () => {
      resized.disconnect();
      themed.disconnect();
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [titles, unit, group]);

  useEffect(() => {
    data.current = [times, ...lines.map(({ name }) => values[name] ?? times.map(() => null))];
    plot.current?.setData(data.current);
  }, [lines, times, values]);

  return <div ref={box} className="serai-plot" aria-hidden />;
}

function options(element: HTMLElement, titles: string[], unit: Unit, group: string): Options {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--pf-t--${name}`).trim();
  const text = token('global--text--color--subtle');
  const grid = token('global--border--color--default');
  const written = (value: number) => UNITS[unit].text(value);
  const font = `12px ${style.fontFamily}`;
  const axis = { stroke: text, font, grid: { stroke: grid, width: 1 }, ticks: { show: false } };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    cursor: { sync: { key: group }, drag: { x: false, y: false } },
    scales: { y: { range: (_, __, greatest) => [0, greatest > 0 ? greatest * 1.1 : 1] } },
    axes: [
      axis,
      { ...axis, size: AXIS_WIDTH, values: (_, splits) => splits.map((each) => written(each)) },
    ],
    series: [
      { value: (_, at) => (at === null ? '–' : new Date(at * 1000).toLocaleTimeString()) },
      ...titles.map((label, index) => ({
        label,
        stroke: token(`color--${COLORS[index]}`) || text,
        width: 2,
        points: { show: true, size: 5, filter: alone },
        value: (_: uPlot, value: number | null) => (value === null ? '–' : written(value)),
      })),
    ],
  };
}

/** The points without neighbours, of which no line is drawn. */
function alone(plot: uPlot, series: number): number[] {
  const values = plot.data[series] ?? [];
  const isKnown = (index: number) => (values[index] ?? null) !== null;
  return Array.from(values.keys()).filter(
    (index) => isKnown(index) && !isKnown(index - 1) && !isKnown(index + 1),
  );
}
