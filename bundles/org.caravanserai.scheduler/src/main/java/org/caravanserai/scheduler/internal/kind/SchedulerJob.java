package org.caravanserai.scheduler.internal.kind;

import java.util.Optional;
import org.caravanserai.scheduler.Crash;
import org.caravanserai.scheduler.JobType;
import org.caravanserai.scheduler.Misfire;
import org.caravanserai.spi.Field;

/**
 * A job as configuration spells it.
 *
 * @param name its name
 * @param isActive whether it runs
 * @param service the service that it calls
 * @param jobType how its times are told
 * @param startDate the time before which it does not run
 * @param weeks weeks of the interval
 * @param days days of the interval
 * @param hours hours of the interval
 * @param minutes minutes of the interval
 * @param seconds seconds of the interval
 * @param repeats after how many runs it is over
 * @param cronDefinition the expression
 * @param timezone its time zone
 * @param jitterMs by up to how much a run begins later
 * @param misfirePolicy what becomes of missed times
 * @param maxExecutionTimeMs how long a run may take
 * @param overlap whether runs may overlap
 * @param extra what the service gets
 * @param onSuccessService a service that is told of a success
 * @param onSuccessJob a job that runs after a success
 * @param onErrorService a service that is told of a failure
 * @param onErrorJob a job that runs after a failure
 * @param onCrash what becomes of a run whose server died
 */
public record SchedulerJob(
    @Field(help = "Unique among all jobs, those that services make too.", max = 150) String name,
    @Field(help = "Whether it runs.", defaultValue = "true") boolean isActive,
    @Field(
            help = "The service that it calls; while it is not deployed, the job waits.",
            service = true)
        String service,
    @Field(help = "How its times are told.", defaultValue = "interval_based") JobType jobType,
    @Field(
            help =
                "The time before which it does not run, and from which intervals are counted:"
                    + " 2026-01-31 09:00:00, in UTC or with a time zone behind it.")
        Optional<String> startDate,
    @Field(help = "Weeks of an interval.", defaultValue = "0", min = 0) int weeks,
    @Field(help = "Days of an interval, of the calendar.", defaultValue = "0", min = 0) int days,
    @Field(help = "Hours of an interval.", defaultValue = "0", min = 0) int hours,
    @Field(help = "Minutes of an interval.", defaultValue = "0", min = 0) int minutes,
    @Field(help = "Seconds of an interval.", defaultValue = "0", min = 0) int seconds,
    @Field(
            help = "After how many runs it is over; 0 for never.",
            defaultValue = "0",
            min = 0,
            max = Integer.MAX_VALUE)
        long repeats,
    @Field(
            help =
                "Of cron_style: 5 fields as on Unix (minute hour day month weekday, 0 and 7 are"
                    + " Sunday, a day that fits either of two restricted days will do), or 6 to 7"
                    + " as Quartz has them.")
        Optional<String> cronDefinition,
    @Field(help = "Time zone of expressions and days, such as Europe/Berlin; else UTC.")
        Optional<String> timezone,
    @Field(
            help = "By up to how many milliseconds a run begins later, by chance.",
            defaultValue = "0",
            min = 0,
            max = 3_600_000)
        long jitterMs,
    @Field(
            help =
                "What becomes of times at which no server ran: skip, or run_once for all of them;"
                    + " else skip, but run_once of one_time.")
        Optional<Misfire> misfirePolicy,
    @Field(
            help = "How many milliseconds a run may take.",
            defaultValue = "3600000",
            min = 100,
            max = 86_400_000)
        long maxExecutionTimeMs,
    @Field(
            help = "Whether a run begins while the one before goes on; else its time is left out.",
            defaultValue = "false")
        boolean overlap,
    @Field(help = "What the service gets: a text, which may be JSON, or anything in YAML.")
        Optional<Object> extra,
    @Field(help = "A service that is told of a run that went well.", service = true)
        Optional<String> onSuccessService,
    @Field(help = "A job that is run after a run that went well.") Optional<String> onSuccessJob,
    @Field(help = "A service that is told of a run that failed.", service = true)
        Optional<String> onErrorService,
    @Field(help = "A job that is run after a run that failed.") Optional<String> onErrorJob,
    @Field(
            help =
                "What becomes of a run whose server died: skip, or rerun, where the service may do"
                    + " its work twice.",
            defaultValue = "skip")
        Crash onCrash) {}
