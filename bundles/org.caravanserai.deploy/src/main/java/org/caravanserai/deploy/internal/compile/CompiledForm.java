package org.caravanserai.deploy.internal.compile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.caravanserai.deploy.internal.dependency.Dependencies;
import org.caravanserai.deploy.internal.dependency.PrivateLibrary;

/**
 * A compiled deployment as bytes, so that a restart need not compile it again. A form of another
 * version than {@link #VERSION} is not read: the deployment is compiled again.
 */
public final class CompiledForm {

  /** Grows whenever the form or what the compiler makes changes. */
  private static final int VERSION = 4;

  private CompiledForm() {}

  /** The bytes of a compiled deployment. */
  public static byte[] write(Compiled compiled) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16_384);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(VERSION);
      out.writeUTF(compiled.fileName());
      out.writeInt(compiled.classes().size());
      for (CompiledClass each : compiled.classes()) {
        out.writeUTF(each.name());
        out.writeUTF(each.file());
        out.writeInt(each.line());
        out.writeInt(each.column());
        out.writeBoolean(each.service());
        writeBytes(out, each.bytes());
      }
      out.writeInt(compiled.imports().size());
      for (Map.Entry<String, PackagePin> each : compiled.imports().entrySet()) {
        out.writeUTF(each.getKey());
        out.writeUTF(each.getValue().version());
        out.writeUTF(each.getValue().library().orElse(""));
      }
      out.writeInt(compiled.places().size());
      for (Map.Entry<String, ImportPlace> each : compiled.places().entrySet()) {
        out.writeUTF(each.getKey());
        out.writeUTF(each.getValue().file());
        out.writeInt(each.getValue().line());
        out.writeInt(each.getValue().column());
      }
      out.writeInt(compiled.resources().size());
      for (Map.Entry<String, byte[]> each : compiled.resources().entrySet()) {
        out.writeUTF(each.getKey());
        writeBytes(out, each.getValue());
      }
      out.writeInt(compiled.dependencies().artifacts().size());
      for (String each : compiled.dependencies().artifacts()) {
        out.writeUTF(each);
      }
      out.writeInt(compiled.dependencies().libraries().size());
      for (PrivateLibrary each : compiled.dependencies().libraries()) {
        out.writeUTF(each.name());
        out.writeUTF(each.sha256());
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** The compiled deployment; empty if the bytes are no form of this version. */
  public static Optional<Compiled> read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != VERSION) {
        return Optional.empty();
      }
      String fileName = in.readUTF();
      List<CompiledClass> classes = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        String name = in.readUTF();
        String file = in.readUTF();
        int line = in.readInt();
        int column = in.readInt();
        boolean service = in.readBoolean();
        classes.add(new CompiledClass(name, readBytes(in), file, line, column, service));
      }
      SortedMap<String, PackagePin> imports = new TreeMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        imports.put(in.readUTF(), readPin(in));
      }
      Map<String, ImportPlace> places = new HashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        places.put(in.readUTF(), new ImportPlace(in.readUTF(), in.readInt(), in.readInt()));
      }
      SortedMap<String, byte[]> resources = new TreeMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        resources.put(in.readUTF(), readBytes(in));
      }
      return Optional.of(
          new Compiled(
              fileName, List.copyOf(classes), imports, places, resources, readDependencies(in)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Dependencies readDependencies(DataInputStream in) throws IOException {
    List<String> artifacts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      artifacts.add(in.readUTF());
    }
    List<PrivateLibrary> libraries = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      libraries.add(new PrivateLibrary(in.readUTF(), in.readUTF()));
    }
    return new Dependencies(List.copyOf(artifacts), List.copyOf(libraries));
  }

  private static PackagePin readPin(DataInputStream in) throws IOException {
    String version = in.readUTF();
    return new PackagePin(version, Optional.of(in.readUTF()).filter(each -> !each.isEmpty()));
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] bytes = in.readNBytes(Math.max(0, length));
    if (bytes.length != length) {
      throw new IOException("ends within an entry");
    }
    return bytes;
  }
}
