import { path } from '../api/client';

const DEAD = 'serai.dead/';

/** The page of a topic. */
export function topicPage(topic: string): string {
  return `/${path('pubsub', 'topics', topic)}`;
}

/** The page of a queue. */
export function queuePage(queue: string): string {
  return `/${path('pubsub', 'queues', queue)}`;
}

/** The queue of what could not be delivered of another one. */
export function deadOf(queue: string): string {
  return DEAD + queue;
}

/** The queue that dead letters come from; undefined if a queue holds none. */
export function originOf(queue: string): string | undefined {
  return queue.startsWith(DEAD) ? queue.slice(DEAD.length) : undefined;
}
