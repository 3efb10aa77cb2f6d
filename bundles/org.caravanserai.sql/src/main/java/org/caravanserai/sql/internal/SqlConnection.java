package org.caravanserai.sql.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.caravanserai.spi.Field;

/**
 * A database that services use.
 *
 * @param name the connection's name
 * @param isActive whether it may be used
 * @param type the database
 * @param host where it is
 * @param port its port
 * @param dbName the database's name
 * @param url its JDBC URL, instead of these
 * @param username the user
 * @param password the user's password
 * @param extra properties of the driver
 * @param poolSize how many connections there may be at a time
 * @param connectionTimeout how long to wait for one
 * @param queryTimeout how long a statement may take
 * @param maxRows how many rows may be read at once
 * @param ssl whether the connection must be encrypted
 * @param sslVerify whether the database's certificate is checked
 * @param sslCaFile the certificates that vouch for it
 * @param sslCertFile the certificate of this server
 * @param sslKeyFile the key of that certificate
 */
record SqlConnection(
    @Field(help = "The connection's name.") String name,
    @Field(help = "Whether it may be used.", defaultValue = "true") boolean isActive,
    @Field(help = "The database: postgresql, mysql, mariadb, h2, oracle, mssql; others by url.")
        Optional<String> type,
    @Field(help = "The host where the database is.") Optional<String> host,
    @Field(help = "Its port; the usual one of the type if absent.", min = 1, max = 65_535)
        Optional<Integer> port,
    @Field(help = "The name of the database; for h2 a file, or mem:NAME.") Optional<String> dbName,
    @Field(help = "A JDBC URL, instead of type, host, port and db_name.") Optional<String> url,
    @Field(help = "The user.") Optional<String> username,
    @Field(help = "The user's password.", secret = true) Optional<String> password,
    @Field(help = "Properties of the driver, each as name=value.", defaultValue = "[]")
        List<String> extra,
    @Field(
            help = "How many connections there may be at a time.",
            defaultValue = "10",
            min = 1,
            max = 1_000)
        int poolSize,
    @Field(
            help = "How long a call waits for a connection.",
            defaultValue = "5",
            min = 1,
            max = 3_600)
        Duration connectionTimeout,
    @Field(
            help = "How long a statement may take; 0 for no limit.",
            defaultValue = "30",
            min = 0,
            max = 86_400)
        Duration queryTimeout,
    @Field(
            help = "How many rows a query may have, unless it is read as a stream.",
            defaultValue = "10000",
            min = 1)
        int maxRows,
    @Field(help = "Whether the connection must be encrypted.", defaultValue = "false") boolean ssl,
    @Field(help = "Whether the database's certificate and name are checked.", defaultValue = "true")
        boolean sslVerify,
    @Field(help = "A file of PEM certificates that vouch for the database.")
        Optional<String> sslCaFile,
    @Field(help = "A file with the certificate that this server shows.")
        Optional<String> sslCertFile,
    @Field(help = "A file with the key of that certificate.") Optional<String> sslKeyFile) {

  /** Neither the password, nor a URL, which may hold one. */
  @Override
  public String toString() {
    return "SqlConnection[name=%s, type=%s, host=%s, dbName=%s]"
        .formatted(name, type.orElse(""), host.orElse(""), dbName.orElse(""));
  }
}
