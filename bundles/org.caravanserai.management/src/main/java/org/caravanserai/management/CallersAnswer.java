package org.caravanserai.management;

import java.util.List;
import org.caravanserai.objects.ObjectId;
import org.caravanserai.runtime.RecentCaller;

/**
 * Who leads to a service.
 *
 * @param recent who has called it lately, the last one first; of a busy service some of them
 * @param objects the objects that name it
 */
public record CallersAnswer(List<RecentCaller> recent, List<ObjectId> objects) {}
