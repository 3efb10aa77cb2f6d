package org.caravanserai.scheduler.internal.kind;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.scheduler.internal.JobDefinition;
import org.caravanserai.scheduler.internal.JobDefinition.Follow;

/** Jobs that lead to each other. */
final class Chains {

  private Chains() {}

  /** Whether a job would, by way of others, run itself again and again. */
  static boolean isEndless(JobDefinition job, Map<String, JobDefinition> known) {
    Set<String> seen = new HashSet<>();
    Deque<JobDefinition> next = new ArrayDeque<>();
    next.add(job);
    while (!next.isEmpty()) {
      JobDefinition each = next.remove();
      for (Follow follow : new Follow[] {each.onSuccess(), each.onError()}) {
        Optional<String> name = follow.job();
        if (name.isPresent() && name.get().equals(job.name())) {
          return true;
        }
        JobDefinition following = name.isPresent() ? known.get(name.get()) : null;
        if (following != null && seen.add(following.name())) {
          next.add(following);
        }
      }
    }
    return false;
  }
}
