package org.caravanserai.benchmarks.load;

/**
 * What a server answered.
 *
 * @param status of HTTP
 * @param body as text
 */
public record Answer(int status, String body) {}
