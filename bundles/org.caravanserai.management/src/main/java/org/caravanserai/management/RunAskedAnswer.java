package org.caravanserai.management;

/**
 * A job will run as soon as possible.
 *
 * @param job the job
 * @param cid the correlation id of the run
 */
public record RunAskedAnswer(String job, String cid) {}
