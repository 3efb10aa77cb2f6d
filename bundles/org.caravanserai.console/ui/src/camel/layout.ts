import dagre from '@dagrejs/dagre';
import type { RouteEdge, RouteNode } from './types';

export const NODE = { width: 232, height: 72 };

const SPACE = { nodesep: 36, ranksep: 44, marginx: 16, marginy: 16 };
const LABEL_HEIGHT = 16;
const LABEL_LETTER = 8;

export interface Layout {
  width: number;
  height: number;
  /** The left upper corner of each node, by its id. */
  places: Map<string, { x: number; y: number }>;
}

/** Where the nodes of a route stand: from the top to the bottom, branches beside each other. */
export function layout(nodes: RouteNode[], edges: RouteEdge[]): Layout {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', ...SPACE });
  for (const { id } of nodes) {
    graph.setNode(id, { ...NODE });
  }
  edges.forEach(({ from, to, label }, index) => {
    const size =
      label === ''
        ? {}
        : { width: label.length * LABEL_LETTER, height: LABEL_HEIGHT, labelpos: 'c' };
    graph.setEdge(from, to, size, String(index));
  });
  dagre.layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const places = new Map(
    nodes.map(({ id }) => {
      const { x, y } = graph.node(id);
      return [id, { x: x - NODE.width / 2, y: y - NODE.height / 2 }] as const;
    }),
  );
  return { width, height, places };
}
