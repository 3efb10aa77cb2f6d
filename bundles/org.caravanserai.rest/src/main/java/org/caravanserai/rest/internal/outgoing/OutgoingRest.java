package org.caravanserai.rest.internal.outgoing;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.caravanserai.spi.Field;

/**
 * A REST API that services call.
 *
 * @param name the connection's name
 * @param isActive whether it may be used
 * @param host the address
 * @param urlPath the path below it, with parameters in braces
 * @param security the name of the security definition whose credentials are sent
 * @param dataFormat what is made of objects
 * @param contentType the {@code Content-Type} of what is sent
 * @param timeout how long an attempt may take
 * @param connectTimeout how long it may take to be connected
 * @param poolSize how many connections there may be at a time
 * @param maxResponseSize how large an answer may be that is not read as a stream
 * @param pingMethod the method of a ping
 * @param tlsVerify whether the other side's certificate is checked
 * @param tlsCaFile the certificates that vouch for it
 * @param proxy the HTTP proxy
 * @param maxRetries how often a failed attempt is repeated
 * @param retrySleepTime how long to wait before the first repetition
 * @param retryBackoffMultiplier how much longer to wait each time
 * @param retryBackoffThreshold how long all of it may take
 * @param circuitBreaker whether calls are refused while the other system fails
 * @param circuitBreakerFailureRate how many of a hundred calls fail before that
 * @param circuitBreakerWindow how many of the last calls are looked at
 * @param circuitBreakerWait how long calls are refused
 */
record OutgoingRest(
    @Field(help = "The connection's name.") String name,
    @Field(help = "Whether it may be used.", defaultValue = "true") boolean isActive,
    @Field(help = "The address, such as https://api.example.com:8443.", min = 1) String host,
    @Field(help = "The path below it, such as /orders/{id}.", defaultValue = "/") String urlPath,
    @Field(
            help = "The security definition whose credentials are sent; none if absent.",
            reference = "security")
        Optional<String> security,
    @Field(
            help = "What is made of objects that are sent: json, form or raw.",
            defaultValue = "json")
        Format dataFormat,
    @Field(help = "The Content-Type of what is sent; that of the data format if absent.")
        Optional<String> contentType,
    @Field(help = "How long one attempt may take.", defaultValue = "10", max = 86_400)
        Duration timeout,
    @Field(help = "How long it may take to be connected.", defaultValue = "5", max = 3_600)
        Duration connectTimeout,
    @Field(
            help = "How many connections there may be at a time; more calls wait for one.",
            defaultValue = "20",
            min = 1,
            max = 10_000)
        int poolSize,
    @Field(
            help = "How large an answer may be, unless it is read as a stream.",
            defaultValue = "10MB")
        String maxResponseSize,
    @Field(help = "The method of a ping.", defaultValue = "HEAD") String pingMethod,
    @Field(
            help = "Whether the other side's certificate and name are checked.",
            defaultValue = "true")
        boolean tlsVerify,
    @Field(help = "A file of PEM certificates that vouch for it, instead of Java's own.")
        Optional<String> tlsCaFile,
    @Field(help = "The HTTP proxy, such as http://proxy.example.com:3128.") Optional<String> proxy,
    @Field(
            help = "How often a failed attempt is repeated; only what may be sent twice is.",
            defaultValue = "0",
            min = 0,
            max = 100)
        int maxRetries,
    @Field(help = "How long to wait before the first repetition.", defaultValue = "2", max = 3_600)
        Duration retrySleepTime,
    @Field(
            help = "How many times longer to wait each time, up to 8 seconds.",
            defaultValue = "2",
            min = 1,
            max = 100)
        int retryBackoffMultiplier,
    @Field(
            help = "How long all attempts may take; none begins later.",
            defaultValue = "60",
            max = 86_400)
        Duration retryBackoffThreshold,
    @Field(
            help = "Whether calls are refused with 503 for a while when the other system fails.",
            defaultValue = "false")
        boolean circuitBreaker,
    @Field(
            help = "How many of a hundred calls fail before calls are refused.",
            defaultValue = "50",
            min = 1,
            max = 100)
        int circuitBreakerFailureRate,
    @Field(
            help = "How many of the last calls are looked at.",
            defaultValue = "100",
            min = 1,
            max = 100_000)
        int circuitBreakerWindow,
    @Field(
            help = "How long calls are refused before one is let through as a trial.",
            defaultValue = "60",
            max = 86_400)
        Duration circuitBreakerWait) {

  /** What is made of objects that are sent. */
  enum Format {
    /** JSON (RFC 8259) in UTF-8. */
    JSON("application/json"),
    /** {@code application/x-www-form-urlencoded}, of a map or an object's members. */
    FORM("application/x-www-form-urlencoded"),
    /** Text and bytes are sent as they are; of anything else JSON is made. */
    RAW("application/octet-stream");

    private final String contentType;

    Format(String contentType) {
      this.contentType = contentType;
    }

    String contentType() {
      return contentType;
    }
  }

  /** The method of a ping, in upper case. */
  String pingMethodName() {
    return pingMethod.toUpperCase(Locale.ROOT);
  }
}
