package org.caravanserai.scheduler.internal.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.caravanserai.scheduler.Misfire;
import org.caravanserai.scheduler.Outcome;
import org.caravanserai.scheduler.internal.JobDefinition;
import org.caravanserai.scheduler.internal.SchedulerSettings;
import org.caravanserai.scheduler.internal.Texts;
import org.caravanserai.scheduler.internal.store.Database;
import org.caravanserai.scheduler.internal.store.Ending;
import org.caravanserai.scheduler.internal.store.JobRow;
import org.caravanserai.scheduler.internal.store.JobTable;
import org.caravanserai.scheduler.internal.store.LeaseTable;
import org.caravanserai.scheduler.internal.store.Ledger;
import org.caravanserai.scheduler.internal.store.RunRow;
import org.caravanserai.scheduler.internal.store.Schema;
import org.caravanserai.scheduler.internal.store.StateTable;
import org.caravanserai.scheduler.internal.time.BadTiming;
import org.caravanserai.scheduler.internal.time.Timetable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What starts jobs when it is time, in the one server that holds the lease; in the others it stands
 * by. One thread does everything; others leave it notes.
 */
public final class Engine {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final long LOOK_MILLIS = 1_000;
  private static final long PRUNE_MILLIS = 60_000;
  private static final long OVERLAPPED_MILLIS = 3_000;
  private static final int BATCH = 200;
  private static final int ASKED = 100;
  private static final int MOST_OPEN = 100_000;
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private final SchedulerSettings settings;
  private final Calls calls;
  private final Database database;
  private final LeaseTable leases;
  private final JobTable jobs;
  private final Ledger ledger;
  private final StateTable states;
  private final String owner;
  private final Holding holding;
  private final Clock clock = new Clock();
  private final Tally tally = new Tally();
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final Map<String, JobDefinition> opened = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<Runnable> notes = new LinkedBlockingQueue<>();
  private final Agenda agenda = new Agenda();
  private final Map<String, RunRow> running = new ConcurrentHashMap<>();
  private final List<Entry> unwritten = new ArrayList<>();
  private final List<Ending> endings = new ArrayList<>();
  private final Map<String, List<RunRow>> crashed = new HashMap<>();
  private final CountDownLatch loaded = new CountDownLatch(1);
  private final Thread thread = new Thread(this::work, "serai-scheduler");

  private volatile boolean stopping;
  private volatile boolean paused;
  private volatile @Nullable String fault = "it is starting";
  private boolean prepared;
  private boolean leading;
  private boolean isFailing;
  private boolean isClockWrong;
  private long lookAt;
  private long renewAt;
  private long pruneAt;
  private long leadingSince;
  private long seenUpTo;

  /**
   * An engine that stands still.
   *
   * @param owner what this server calls itself, different for each start
   */
  public Engine(Database database, SchedulerSettings settings, Calls calls, String owner) {
    this.database = database;
    this.settings = settings;
    this.calls = calls;
    this.owner = owner;
    leases = new LeaseTable(database);
    jobs = new JobTable(database);
    ledger = new Ledger(database, leases);
    states = new StateTable(database);
    holding = new Holding(leases, Ledger.RIGHT, owner, settings.lease__time() * 1_000L);
    thread.setDaemon(true);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /** Begins nothing more, waits for what runs for a limited time, and lets go of the lease. */
  public void stop() {
    stopping = true;
    notes.add(() -> {});
    try {
      thread.join(settings.stop__timeout() + 5_000L);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    database.close();
  }

  /** Why no job runs here or anywhere, if that is so. */
  public Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  /** Whether this server is the one that runs jobs. */
  public boolean isLeading() {
    return holding.isHeld();
  }

  /** The number of the lease, 0 without one. */
  public long number() {
    return holding.number();
  }

  /** What this server calls itself. */
  public String owner() {
    return owner;
  }

  /** By how many milliseconds the clock of this machine is fast. */
  public long clockDifference() {
    return clock.difference();
  }

  /** The time by the database. */
  public long now() {
    return clock.now();
  }

  /** What has been done. */
  public Tally tally() {
    return tally;
  }

  /** How many runs go on here. */
  public int running() {
    return running.size();
  }

  /** Whether all jobs are paused, as this server knows. */
  public boolean isPaused() {
    return paused;
  }

  /** How many jobs this server knows. */
  public int known() {
    return entries.size();
  }

  /** How many of them are due at some time. */
  public long active() {
    return entries.values().stream()
        .map(Entry::row)
        .filter(row -> row != null && !row.paused() && !row.finished())
        .count();
  }

  /** The jobs; one that is closed is gone, also before the thread of the engine knows. */
  List<Entry> entries() {
    return entries.values().stream().filter(this::isThere).toList();
  }

  @Nullable Entry entry(String name) {
    Entry entry = entries.get(name);
    return entry != null && isThere(entry) ? entry : null;
  }

  private boolean isThere(Entry entry) {
    JobRow row = entry.row();
    return opened.containsKey(entry.name()) || (row != null && row.isOfService());
  }

  /** Whether a service has made a job of that name, as far as is known. */
  public boolean isOfService(String name) {
    Entry entry = entries.get(name);
    JobRow row = entry == null ? null : entry.row();
    return row != null && row.isOfService();
  }

  /** Whether a job was accepted before as it is, as far as can be told now. */
  public boolean knows(JobDefinition job, Duration patience) {
    try {
      String definition = Texts.fingerprint(job);
      // Where nobody can tell, nothing is refused for what was right when it was accepted.
      return !awaitLoaded(patience)
          || jobs.find(job.name()).filter(row -> row.definition().equals(definition)).isPresent();
    } catch (SQLException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** The jobs of this server's configuration, as they are now: a view. */
  public Map<String, JobDefinition> opened() {
    return Collections.unmodifiableMap(opened);
  }

  JobTable jobs() {
    return jobs;
  }

  Ledger ledger() {
    return ledger;
  }

  LeaseTable leases() {
    return leases;
  }

  StateTable states() {
    return states;
  }

  Calls calls() {
    return calls;
  }

  /** Waits until the jobs of the database are known; not for long. */
  public boolean awaitLoaded(Duration time) throws InterruptedException {
    return loaded.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A job of the configuration is there, or has changed. */
  public void open(JobDefinition job, Timetable timetable) {
    opened.put(job.name(), job);
    notes.add(
        () -> {
          Entry next = new Entry(job, timetable);
          Entry before = entries.get(job.name());
          JobRow row = before == null ? null : before.row();
          if (row != null && row.isOfService()) {
            LOG.warn("Job {} is not run: a service has made a job of this name", job.name());
            return;
          }
          entries.put(job.name(), next);
          if (before != null) {
            next.follow(before);
          }
          if (row != null) {
            next.take(row);
          }
          unwritten.add(next);
        });
  }

  /** A job of the configuration is closed: it stays in the database and is not run from here. */
  public void close(String name) {
    opened.remove(name);
    notes.add(() -> entries.remove(name));
  }

  /** A job is out of the configuration for good. */
  public void remove(String name) {
    notes.add(
        () -> {
          try {
            if (prepared) {
              jobs.remove(name);
            }
          } catch (SQLException e) {
            LOG.warn("Job {} could not be forgotten: {}", name, e.getMessage());
          }
        });
  }

  /** Somebody has changed something in the database: looks at once. */
  public void look() {
    notes.add(() -> lookAt = 0);
  }

  private void work() {
    while (!stopping) {
      try {
        takeNotes();
        step();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (SQLException | RuntimeException e) {
        fail(e);
      }
    }
    finish();
  }

  private void fail(Exception failure) {
    String reason = "the database can't be used: " + failure.getMessage();
    if (!isFailing) {
      isFailing = true;
      LOG.warn("The scheduler waits: {}", reason);
    }
    fault = reason;
    renewAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
    lookAt = renewAt;
    try {
      Runnable note = notes.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (note != null) {
        note.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeNotes() throws InterruptedException {
    long wait = endings.isEmpty() && unwritten.isEmpty() ? LOOK_MILLIS : 0;
    if (holding.isHeld() && !paused) {
      wait = Math.min(wait, agenda.first() - clock.now());
    }
    Runnable note = wait <= 0 ? notes.poll() : notes.poll(wait, TimeUnit.MILLISECONDS);
    while (note != null) {
      note.run();
      note = notes.poll();
    }
  }

  private void step() throws SQLException {
    if (!prepared) {
      prepare();
    }
    long now = System.nanoTime();
    if (now - renewAt >= 0) {
      renew();
      renewAt = now + TimeUnit.SECONDS.toNanos(settings.lease__time()) / 4;
    }
    write();
    if (now - lookAt >= 0) {
      lookForChanges();
      lookAt = now + TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
    }
    if (holding.isHeld()) {
      tick();
    }
    writeEndings();
    if (holding.isHeld() && now - pruneAt >= 0) {
      prune();
      pruneAt = now + TimeUnit.MILLISECONDS.toNanos(PRUNE_MILLIS);
    }
  }

  private void prepare() throws SQLException {
    Schema.prepare(database);
    if (!database.isShared()) {
      // The file is open here and nowhere else: whoever held it is dead.
      leases.free(Ledger.RIGHT);
    }
    long asked = System.nanoTime();
    clock.set(asked, database.clock(), System.nanoTime());
    for (JobRow row : jobs.all()) {
      know(row);
    }
    seenUpTo = clock.now();
    prepared = true;
    renewAt = System.nanoTime();
    lookAt = renewAt;
    pruneAt = renewAt;
    loaded.countDown();
  }

  /** Asks the database what time it is and whose turn, and says so. */
  private void renew() throws SQLException {
    long asked = System.nanoTime();
    long jump = clock.set(asked, database.clock(), System.nanoTime());
    if (Math.abs(jump) > settings.max__clock__difference()) {
      tally.jumped();
      LOG.warn("The clock of the database has jumped by {} ms", jump);
    }
    if (database.isShared() && Math.abs(clock.difference()) > settings.max__clock__difference()) {
      String reason =
          "the clock of this server differs from that of the database by "
              + clock.difference()
              + " ms, more than "
              + settings.max__clock__difference();
      if (!isClockWrong) {
        isClockWrong = true;
        LOG.warn("No jobs run here: {}", reason);
      }
      fault = reason;
      holding.release();
      leading = false;
      return;
    }
    if (isClockWrong) {
      isClockWrong = false;
      LOG.info("The clock of this server is right again");
    }
    boolean isNew = holding.renew();
    if (isFailing) {
      isFailing = false;
      LOG.info("The database can be used again");
    }
    fault = null;
    if (leading && !holding.isHeld()) {
      leading = false;
      LOG.warn("Another server runs the jobs now");
    }
    if (isNew) {
      lead();
    }
  }

  private void lead() throws SQLException {
    leading = true;
    LOG.info("This server runs the jobs, holding {} of the lease", holding.number());
    for (JobRow row : jobs.all()) {
      know(row);
    }
    crashed.clear();
    leadingSince = System.nanoTime();
    List<RunRow> own = new ArrayList<>();
    for (RunRow run : ledger.open(RunRow.RUNNING, MOST_OPEN)) {
      RunRow mine = running.get(run.cid() + run.key());
      if (mine != null) {
        own.add(mine);
      } else if (!isEnding(run)) {
        crashed.computeIfAbsent(run.job(), name -> new ArrayList<>()).add(run);
      }
    }
    ledger.keep(holding.number(), own);
  }

  private boolean isEnding(RunRow run) {
    return endings.stream().anyMatch(each -> each.run().cid().equals(run.cid()));
  }

  /** Takes over what the database says of a job. */
  private void know(JobRow row) {
    Entry entry = entries.get(row.name());
    if (row.isOfService()) {
      if (entry != null && opened.containsKey(row.name())) {
        entry.waitsFor("a service has made a job of this name");
        return;
      }
      if (row.finished()) {
        entries.remove(row.name());
        return;
      }
      JobRow before = entry == null ? null : entry.row();
      if (entry == null || before == null || !before.definition().equals(row.definition())) {
        Entry made = ofService(row);
        if (made == null) {
          return;
        }
        if (entry != null) {
          made.follow(entry);
        }
        entries.put(row.name(), made);
        entry = made;
      }
    }
    if (entry != null) {
      entry.take(row);
      agenda.add(entry);
    }
  }

  private static @Nullable Entry ofService(JobRow row) {
    try {
      JobDefinition job = Texts.job(row.name(), row.definition());
      return new Entry(job, Timetable.of(job.timing()));
    } catch (BadTiming | IllegalArgumentException e) {
      LOG.error("Job {} in the database can't be read: {}", row.name(), e.getMessage());
      return null;
    }
  }

  /** Writes the jobs of the configuration that are new or have changed. */
  private void write() throws SQLException {
    for (int i = 0; i < BATCH && !unwritten.isEmpty(); i++) {
      Entry entry = unwritten.get(unwritten.size() - 1);
      if (entries.get(entry.name()) == entry) {
        write(entry);
      }
      unwritten.remove(unwritten.size() - 1);
    }
  }

  private void write(Entry entry) throws SQLException {
    String definition = Texts.fingerprint(entry.definition());
    JobRow row = entry.row();
    if (row == null) {
      row = jobs.find(entry.name()).orElse(null);
    }
    if (row == null) {
      long now = clock.now();
      JobRow fresh =
          new JobRow(
              entry.name(),
              JobRow.OBJECT,
              definition,
              false,
              false,
              OptionalLong.empty(),
              0,
              0,
              0,
              0,
              0,
              now,
              now);
      OptionalLong first = entry.first(fresh, now);
      if (entry.isPastFor(now, settings.misfire__threshold() * 1_000L)) {
        LOG.warn(
            "Job {} is not run: its time is past, and nobody knows whether it has run",
            entry.name());
        first = OptionalLong.empty();
      }
      jobs.add(fresh.due(first, first.isEmpty()));
      row = jobs.find(entry.name()).orElse(fresh);
    }
    if (row.isOfService()) {
      entry.waitsFor("a service has made a job of this name");
      return;
    }
    if (!row.definition().equals(definition)) {
      OptionalLong next = entry.first(row, clock.now());
      row = row.defined(definition, next, next.isEmpty());
      jobs.define(row);
    }
    entry.take(row);
    agenda.add(entry);
  }

  /** What other servers, operators and services have changed or asked for. */
  private void lookForChanges() throws SQLException {
    paused = states.isPaused();
    long now = clock.now();
    for (JobRow row : jobs.changed(seenUpTo - OVERLAPPED_MILLIS)) {
      Entry entry = entries.get(row.name());
      JobRow known = entry == null ? null : entry.row();
      if (known == null || known.changedAt() < row.changedAt()) {
        know(row);
      }
    }
    seenUpTo = now;
    if (!holding.isHeld()) {
      return;
    }
    if (!crashed.isEmpty()) {
      takeOver();
    }
    List<RunRow> ready = new ArrayList<>();
    for (RunRow run : ledger.open(RunRow.ASKED, ASKED)) {
      Entry entry = entries.get(run.job());
      boolean busy =
          entry != null
              && run.service().isEmpty()
              && entry.running() > 0
              && !entry.definition().overlap();
      boolean comes = entry == null && (isPatient() || opened.containsKey(run.job()));
      if (!busy && !comes) {
        ready.add(run);
      }
    }
    begin(ready);
  }

  /** Whether jobs that are not known yet may be on their way: configuration is read in the end. */
  private boolean isPatient() {
    return System.nanoTime() - leadingSince
        < TimeUnit.SECONDS.toNanos(settings.misfire__threshold());
  }

  /** Does with the runs of dead servers what their jobs say. */
  private void takeOver() throws SQLException {
    boolean patient = isPatient();
    List<RunRow> again = new ArrayList<>();
    List<Ending> over = new ArrayList<>();
    var each = crashed.entrySet().iterator();
    while (each.hasNext()) {
      var ofJob = each.next();
      Entry entry = entries.get(ofJob.getKey());
      if (entry == null && patient) {
        continue;
      }
      boolean rerun =
          entry != null && entry.definition().crash() == org.caravanserai.scheduler.Crash.RERUN;
      for (RunRow run : ofJob.getValue()) {
        if (rerun) {
          again.add(run);
        } else {
          over.add(
              new Ending(
                  run,
                  0,
                  Outcome.CRASHED,
                  Optional.of("Server " + run.server() + " died, or lost the database"),
                  "",
                  List.of()));
        }
      }
      each.remove();
    }
    if (!over.isEmpty()) {
      ledger.end(over);
      over.forEach(ending -> tally.ended(Outcome.CRASHED, 0));
      LOG.warn("{} runs of servers that died are not begun again", over.size());
    }
    begin(again);
  }

  /** Begins runs that are in the database already. */
  private void begin(List<RunRow> runs) throws SQLException {
    if (runs.isEmpty()) {
      return;
    }
    long number = holding.number();
    List<RunRow> mine = runs.stream().map(run -> run.begunAgain(number, owner)).toList();
    Optional<List<RunRow>> taken = ledger.take(owner, number, mine);
    if (taken.isEmpty()) {
      fenced();
      return;
    }
    taken.get().forEach(this::call);
  }

  /** Begins what is due. */
  private void tick() throws SQLException {
    if (paused) {
      return;
    }
    long now = clock.now();
    List<JobRow> steps = new ArrayList<>();
    List<Entry> moved = new ArrayList<>();
    List<RunRow> runs = new ArrayList<>();
    for (Entry entry : agenda.due(now, BATCH)) {
      JobRow row = entry.row();
      if (row == null || entries.get(entry.name()) != entry || row.nextAt().isEmpty()) {
        continue;
      }
      long at = row.nextAt().getAsLong();
      boolean missed = now - at > settings.misfire__threshold() * 1_000L;
      OptionalLong next = entry.next(row, Math.max(now, at));
      if (missed && entry.definition().misfire() == Misfire.SKIP) {
        steps.add(row.leftOut(next, next.isEmpty(), true));
        tally.missed();
      } else if (!calls.isDeployed(entry.definition().service())) {
        entry.waitsFor("service " + entry.definition().service() + " is not deployed");
        entry.postpone(now + LOOK_MILLIS);
        agenda.add(entry);
        continue;
      } else if (entry.running() > 0 && !entry.definition().overlap()) {
        steps.add(row.leftOut(next, next.isEmpty(), false));
        tally.overlapped();
      } else {
        boolean isOver = next.isEmpty() || entry.isUsedUp(row.fires() + 1);
        steps.add(row.fired(at, isOver ? OptionalLong.empty() : next, isOver));
        runs.add(RunRow.begun(entry.name(), at, holding.number(), owner, calls.newCid()));
        tally.ticked(now - at);
      }
      moved.add(entry);
    }
    if (steps.isEmpty()) {
      return;
    }
    Optional<List<RunRow>> begun;
    try {
      begun = ledger.begin(owner, holding.number(), new Ledger.Step(steps, runs));
    } catch (SQLException e) {
      moved.forEach(this::again);
      throw e;
    }
    if (begun.isEmpty()) {
      moved.forEach(this::again);
      fenced();
      return;
    }
    for (int i = 0; i < moved.size(); i++) {
      moved.get(i).take(steps.get(i));
      agenda.add(moved.get(i));
    }
    begun.get().forEach(this::call);
  }

  /** It is due at the time at which it was due before. */
  private void again(Entry entry) {
    JobRow row = entry.row();
    if (row != null) {
      entry.take(row);
      agenda.add(entry);
    }
  }

  /** The database says that another server runs the jobs: nothing has begun. */
  private void fenced() {
    holding.lost();
    leading = false;
    renewAt = System.nanoTime();
    LOG.warn("Another server runs the jobs: what was due here has not begun");
  }

  private void call(RunRow run) {
    Entry entry = entries.get(run.job());
    if (entry == null) {
      Ending unknown =
          new Ending(
              run, 0, Outcome.ERROR, Optional.of("There is no job " + run.job()), "", List.of());
      endings.add(unknown);
      return;
    }
    boolean counts = run.service().isEmpty();
    if (counts) {
      entry.runs(1);
    }
    running.put(run.cid() + run.key(), run);
    calls.begin(
        run,
        entry.definition(),
        settings.misfire__threshold() * 1_000L,
        settings.log__lines(),
        ending -> notes.add(() -> ended(ending, counts)));
  }

  private void ended(Ending ending, boolean counts) {
    RunRow run = ending.run();
    running.remove(run.cid() + run.key());
    tally.ended(ending.outcome(), ending.millis());
    Entry entry = entries.get(run.job());
    if (entry != null && counts) {
      entry.runs(-1);
    }
    endings.add(ending);
    if (ending.outcome() != Outcome.OK) {
      LOG.warn(
          "cid={}: job {} ended with {}: {}",
          run.cid(),
          run.job(),
          ending.outcome(),
          ending.error().orElse(""));
    }
  }

  private void writeEndings() throws SQLException {
    if (endings.isEmpty()) {
      return;
    }
    ledger.end(endings);
    boolean follows = endings.stream().anyMatch(ending -> !ending.follows().isEmpty());
    endings.clear();
    if (follows) {
      lookAt = System.nanoTime();
    }
  }

  private void prune() throws SQLException {
    long now = clock.now();
    int runs = ledger.prune(now - settings.kept__days() * DAY_MILLIS);
    for (String job : ledger.crowded(settings.kept__runs())) {
      runs += ledger.prune(job, settings.kept__runs());
    }
    int over = jobs.prune(now - DAY_MILLIS);
    leases.prune("", DAY_MILLIS);
    if (runs + over > 0) {
      LOG.debug("{} runs and {} jobs were forgotten", runs, over);
    }
  }

  private void finish() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.stop__timeout());
    try {
      while (!running.isEmpty() && end - System.nanoTime() > 0) {
        Runnable note = notes.poll(100, TimeUnit.MILLISECONDS);
        if (note != null) {
          note.run();
        }
        if (System.nanoTime() - renewAt >= 0 && holding.isHeld()) {
          boolean unused = holding.renew();
          renewAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        }
      }
      if (prepared) {
        writeEndings();
        holding.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException | RuntimeException e) {
      LOG.warn("The end of the last runs could not be written: {}", e.getMessage());
    }
  }
}
