package org.caravanserai.scheduler;

import java.util.List;

/**
 * Some runs, the latest first.
 *
 * @param items the runs
 * @param total how many there are
 * @param offset how many of them come before
 */
public record RunPage(List<RunInfo> items, long total, int offset) {}
