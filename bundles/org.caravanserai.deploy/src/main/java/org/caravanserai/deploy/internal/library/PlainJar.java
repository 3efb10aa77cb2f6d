package org.caravanserai.deploy.internal.library;

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Resource;
import aQute.bnd.version.MavenVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;

/** A jar that is no bundle. */
final class PlainJar {

  /** {@code guava-33.4.0-jre.jar}: a name, and a version that begins with a digit. */
  private static final Pattern FILE_NAME = Pattern.compile("(.+?)(?:-(\\d[^/]*))?\\.jar");

  private static final String POM = "META-INF/maven/";

  private final String fileName;
  private final byte[] content;
  private final String name;
  private final String version;

  private PlainJar(String fileName, byte[] content, String name, String version) {
    this.fileName = fileName;
    this.content = content;
    this.name = name;
    this.version = version;
  }

  /**
   * Finds out its name and version: from the properties that Maven leaves in a jar, else from its
   * manifest, else from its file's name.
   *
   * @throws IOException if it can't be read, or has no classes
   */
  static PlainJar read(String fileName, byte[] content) throws IOException {
    try (Jar jar = open(fileName, content)) {
      if (jar.getResources().keySet().stream().noneMatch(path -> path.endsWith(".class"))) {
        throw new IOException("not a jar with classes");
      }
      Properties maven = maven(jar);
      String implementation = headers(jar).getValue(Attributes.Name.IMPLEMENTATION_VERSION);
      Matcher file = FILE_NAME.matcher(fileName);
      boolean matches = file.matches();
      String named = matches ? file.group(1) : fileName;
      Optional<String> numbered = Optional.ofNullable(matches ? file.group(2) : null);
      String name = Optional.ofNullable(maven.getProperty("artifactId")).orElse(named);
      String version =
          Optional.ofNullable(maven.getProperty("version"))
              .or(() -> Optional.ofNullable(implementation))
              .or(() -> numbered)
              .orElse("0");
      return new PlainJar(
          fileName,
          content,
          name.replaceAll("[^A-Za-z0-9_.-]", "_"),
          MavenVersion.parseMavenString(version).getOSGiVersion().toString());
    }
  }

  static Jar open(String fileName, byte[] content) throws IOException {
    try {
      return new Jar(fileName, new ByteArrayInputStream(content));
    } catch (IllegalArgumentException e) {
      throw new IOException("not a jar that can be read: " + e.getMessage(), e);
    }
  }

  /** Those of Maven; none if it holds several artifacts, or none. */
  private static Properties maven(Jar jar) throws IOException {
    List<Resource> found =
        jar.getResources().entrySet().stream()
            .filter(each -> each.getKey().startsWith(POM))
            .filter(each -> each.getKey().endsWith("/pom.properties"))
            .map(Map.Entry::getValue)
            .toList();
    Properties properties = new Properties();
    if (found.size() == 1) {
      try (InputStream in = found.get(0).openInputStream()) {
        properties.load(in);
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException("its pom.properties can't be read: " + e.getMessage(), e);
      }
    }
    return properties;
  }

  /** The headers of a jar's manifest, wherever in the jar that is; none if it has none. */
  static Attributes headers(Jar jar) throws IOException {
    try {
      Manifest manifest = jar.getManifest();
      return manifest == null ? new Attributes() : manifest.getMainAttributes();
    } catch (Exception e) {
      throw new IOException("its manifest can't be read: " + e.getMessage(), e);
    }
  }

  /**
   * A bundle of it, which exports all its packages and can do without any that it refers to.
   *
   * @throws IOException if its classes can't be read
   */
  LibraryJar wrap(String hash) throws IOException {
    try (Jar jar = open(fileName, content);
        Analyzer analyzer = new Analyzer(jar)) {
      analyzer.setBundleSymbolicName(name);
      analyzer.setBundleVersion(version);
      analyzer.setProperty(Constants.BUNDLE_NAME, "Library " + fileName);
      // It keeps what it exports, whatever other versions of it there are.
      analyzer.setProperty(
          Constants.EXPORT_PACKAGE, "!META-INF.*,!.,*;version=\"" + version + "\";-noimport:=true");
      analyzer.setProperty(Constants.IMPORT_PACKAGE, "*;resolution:=optional");
      String releases = headers(jar).getValue(Attributes.Name.MULTI_RELEASE);
      if (releases != null) {
        analyzer.setProperty(Attributes.Name.MULTI_RELEASE.toString(), releases);
      }
      // The signature would be that of another manifest.
      jar.stripSignatures();
      analyzer.setProperty(aQute.bnd.osgi.Constants.NOEXTRAHEADERS, "true");
      analyzer.setProperty(aQute.bnd.osgi.Constants.NOIMPORTJAVA, "true");
      jar.setManifest(analyzer.calcManifest());
      ByteArrayOutputStream bundle = new ByteArrayOutputStream(content.length);
      jar.write(bundle);
      return new LibraryJar(name, version, hash, bundle.toByteArray());
    } catch (Exception e) {
      throw new IOException("can't be made a bundle: " + e.getMessage(), e);
    }
  }
}
