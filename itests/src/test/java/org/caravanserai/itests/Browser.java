package org.caravanserai.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;

/** Talks to the admin API as a page in a browser does: by a session. */
final class Browser {

  private final Server server;
  private final Client client;
  private String cookie = "";
  private String csrfToken = "";

  Browser(Server server) {
    this(server, server.client());
  }

  Browser(Server server, Client client) {
    this.server = server;
    this.client = client;
  }

  /** Logs in; keeps the cookie and the token if that works. */
  HttpResponse<String> login(String username, String password) {
    HttpResponse<String> answer =
        client.send(
            request("/session")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(credentials(username, password))));
    if (answer.statusCode() == 200) {
      List<String> cookies = answer.headers().allValues("Set-Cookie");
      cookie = cookies.get(0).substring(0, cookies.get(0).indexOf(';'));
      csrfToken = Client.json(answer).path("csrfToken").asText();
    }
    return answer;
  }

  static String credentials(String username, String password) {
    return "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password);
  }

  /** A request with the cookie, if there is one. */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.management("/api/v1" + path));
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  /** The same with the token that a change needs. */
  HttpRequest.Builder change(String path) {
    return request(path).header("X-CSRF-Token", csrfToken);
  }

  HttpResponse<String> get(String path) {
    return client.send(request(path));
  }

  HttpResponse<String> logout() {
    return client.send(change("/session").DELETE());
  }

  JsonNode session() {
    return Client.json(get("/session"));
  }

  String cookie() {
    return cookie;
  }
}
