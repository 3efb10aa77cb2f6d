package org.caravanserai.security.internal.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.security.Verdict;

/** The credentials of the members of a group while they are gathered. */
final class Index {

  /** API keys by the lower-case name of their header. */
  final Map<String, List<Map.Entry<String, Verdict.Admitted>>> apiKeys = new LinkedHashMap<>();

  /** Tokens of Basic credentials. */
  final List<Map.Entry<String, Verdict.Admitted>> basic = new ArrayList<>();

  /** Tokens of those who know nothing but user names and passwords. */
  final List<Map.Entry<String, Verdict.Admitted>> logins = new ArrayList<>();

  /** Where tokens have to be verified. */
  final List<Member> bearer = new ArrayList<>();

  /** Certificates by their fingerprints. */
  final Map<String, Member> fingerprints = new HashMap<>();

  /** Certificates by their subjects only. */
  final List<Member> subjects = new ArrayList<>();

  /** What asks for the credentials. */
  final Set<String> challenges = new LinkedHashSet<>();

  /**
   * A member of the group.
   *
   * @param credentials what it must show
   * @param admitted the verdict if it does
   */
  record Member(Credentials credentials, Verdict.Admitted admitted) {}

  void add(Credentials credentials, Verdict.Admitted admitted) {
    credentials.index(this, admitted);
    String login = credentials.login(admitted.user());
    if (login != null) {
      logins.add(Map.entry(login, admitted));
    }
    String challenge = credentials.challenge();
    if (challenge != null) {
      challenges.add(challenge);
    }
  }

  void apiKey(String header, String key, Verdict.Admitted admitted) {
    apiKeys
        .computeIfAbsent(header.toLowerCase(Locale.ROOT), name -> new ArrayList<>())
        .add(Map.entry(key, admitted));
  }

  void basic(String token, Verdict.Admitted admitted) {
    basic.add(Map.entry(token, admitted));
  }

  void bearer(Credentials credentials, Verdict.Admitted admitted) {
    bearer.add(new Member(credentials, admitted));
  }

  void certificate(
      Credentials credentials, Optional<String> fingerprint, Verdict.Admitted admitted) {
    Member member = new Member(credentials, admitted);
    if (fingerprint.isPresent()) {
      fingerprints.putIfAbsent(fingerprint.get(), member);
    } else {
      subjects.add(member);
    }
  }
}
