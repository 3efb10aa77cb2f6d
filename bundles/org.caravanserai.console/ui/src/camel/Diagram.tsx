import '@xyflow/react/dist/base.css';
import {
  Controls,
  Handle,
  MarkerType,
  Position,
  ReactFlow,
  type Edge,
  type Node,
  type NodeProps,
} from '@xyflow/react';
import { useMemo } from 'react';
import { layout, NODE } from './layout';
import type { RouteDiagram, RouteNode } from './types';
import { spoken, told } from './words';

const LARGEST_HEIGHT = 1_600;
const LEAST_HEIGHT = 320;

interface Data extends Record<string, unknown> {
  node: RouteNode;
  isChosen: boolean;
  onChoose: (id: string) => void;
}

interface Props {
  diagram: RouteDiagram;
  chosen: string;
  onChoose: (id: string) => void;
}

const NODE_TYPES = { processor: Processor };

/** The way of messages through a route, with what each processor has done. */
export function Diagram({ diagram, chosen, onChoose }: Props) {
  const { nodes, edges } = diagram;
  const shape = JSON.stringify([nodes.map(({ id }) => id), edges]);
  // What stands where changes with the shape only, not with each figure.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const { places, height } = useMemo(() => layout(nodes, edges), [shape]);

  const drawn: Node<Data>[] = nodes.map((node) => ({
    id: node.id,
    type: 'processor',
    position: places.get(node.id) ?? { x: 0, y: 0 },
    ...NODE,
    data: { node, isChosen: node.id === chosen, onChoose },
  }));
  const ways: Edge[] = edges.map(({ from, to, label }, index) => ({
    id: String(index),
    source: from,
    target: to,
    label,
    type: 'smoothstep',
    markerEnd: { type: MarkerType.ArrowClosed },
    className: label === 'on failure' ? 'serai-way-failure' : '',
  }));

  return (
    <div
      className="serai-diagram"
      style={{ height: Math.min(LARGEST_HEIGHT, Math.max(LEAST_HEIGHT, height + 32)) }}
    >
      <ReactFlow
        key={shape}
        nodes={drawn}
        edges={ways}
        nodeTypes={NODE_TYPES}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.02 }}
        minZoom={0.1}
        maxZoom={2}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        zoomOnDoubleClick={false}
        proOptions={{ hideAttribution: true }}
      >
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}

function Processor({ data }: NodeProps<Node<Data>>) {
  const { node, isChosen, onChoose } = data;
  const { id, kind, text, figures, isDisabled } = node;
  const state = [
    'serai-node',
    kind === 'from' && 'serai-node-from',
    figures && figures.failed > 0 && 'serai-node-failed',
    isDisabled && 'serai-node-disabled',
  ];
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <button
        type="button"
        className={state.filter(Boolean).join(' ')}
        aria-pressed={isChosen}
        aria-label={spoken(node)}
        title={text}
        onClick={() => onChoose(isChosen ? '' : id)}
      >
        <span className="serai-node-head">
          <b>{kind}</b>
          {isDisabled && ' (disabled)'}
        </span>
        <span className="serai-node-text">{text}</span>
        <span className="serai-node-figures">{told(figures)}</span>
      </button>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  );
}
