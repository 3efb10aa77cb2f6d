package org.caravanserai.deploy.internal.store;

import java.util.List;
import java.util.Set;

/**
 * What was found when a store was opened.
 *
 * @param segments the segments
 * @param nextNumber the number of the next one
 * @param sequence the greatest sequence number
 * @param owed the deployments whose head does not tell all that was found
 */
record Recovered(List<Segment> segments, int nextNumber, long sequence, Set<String> owed) {}
