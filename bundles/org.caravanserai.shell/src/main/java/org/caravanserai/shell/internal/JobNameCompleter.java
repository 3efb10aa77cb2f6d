package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.scheduler.JobInfo;
import org.caravanserai.scheduler.Jobs;
import org.caravanserai.scheduler.JobsException;

/** Completes the names of jobs. */
@Service
public final class JobNameCompleter implements Completer {

  @Reference private Jobs jobs;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> names;
    try {
      names = jobs.jobs().stream().map(JobInfo::name).toList();
    } catch (JobsException e) {
      names = List.of();
    }
    return new StringsCompleter(names).complete(session, commandLine, candidates);
  }
}
