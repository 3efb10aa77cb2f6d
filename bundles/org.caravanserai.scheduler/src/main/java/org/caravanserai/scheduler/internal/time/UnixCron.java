package org.caravanserai.scheduler.internal.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Expressions of five fields as crontab(5) has them, told in Quartz' words: minute, hour, day of
 * the month, month, day of the week from 0 to 7, in which 0 and 7 are Sunday. If both days are
 * restricted, a day that fits either is one: then there are two expressions of Quartz.
 */
final class UnixCron {

  private static final String FIELD = "cron_definition";
  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  private UnixCron() {}

  /** One or two expressions of Quartz, any of which may fit. */
  static List<String> toQuartz(String[] fields) throws BadTiming {
    String minute = field("minute", fields[0], 0, 59, List.of(), 0);
    String hour = field("hour", fields[1], 0, 23, List.of(), 0);
    String day = field("day of the month", fields[2], 1, 31, List.of(), 0);
    String month = field("month", fields[3], 1, 12, MONTHS, 1);
    String weekday = field("day of the week", fields[4], 0, 7, DAYS, 0);
    String time = "0 " + minute + " " + hour + " ";
    // As in crontab: a field that begins with a star does not restrict days by itself.
    boolean anyDay = fields[2].startsWith("*");
    boolean anyWeekday = fields[4].startsWith("*");
    List<String> expressions = new ArrayList<>();
    if (weekday.equals("*")) {
      expressions.add(time + day + " " + month + " ?");
    } else if (day.equals("*")) {
      expressions.add(time + "? " + month + " " + weekdays(weekday));
    } else if (anyDay || anyWeekday) {
      throw new BadTiming(
          FIELD,
          "`"
              + String.join(" ", fields)
              + "`: steps of days and days of the week don't go together");
    } else {
      expressions.add(time + day + " " + month + " ?");
      expressions.add(time + "? " + month + " " + weekdays(weekday));
    }
    return expressions;
  }

  /** From 0-7 to Quartz' 1-7, whose first is Sunday. */
  private static String weekdays(String numbers) {
    TreeSet<Integer> days = new TreeSet<>();
    for (String number : numbers.split(",", -1)) {
      days.add(Integer.parseInt(number) % 7 + 1);
    }
    return join(days);
  }

  private static String join(Set<Integer> numbers) {
    return String.join(",", numbers.stream().map(String::valueOf).toList());
  }

  /** The numbers that a field stands for, with commas; a star for all. */
  private static String field(
      String name, String text, int least, int greatest, List<String> names, int firstName)
      throws BadTiming {
    if (text.equals("*")) {
      return "*";
    }
    TreeSet<Integer> numbers = new TreeSet<>();
    for (String item : text.split(",", -1)) {
      add(numbers, new Part(name, item, least, greatest, names, firstName));
    }
    return join(numbers);
  }

  private static void add(Set<Integer> numbers, Part part) throws BadTiming {
    String[] stepped = part.text().split("/", -1);
    int step = 1;
    if (stepped.length == 2) {
      step = part.plain(stepped[1]);
    }
    if (stepped.length > 2 || step < 1) {
      throw part.bad();
    }
    int from;
    int to;
    if (stepped[0].equals("*")) {
      from = part.least();
      // A second Sunday would be a step of its own.
      to = part.greatest() == 7 ? 6 : part.greatest();
    } else {
      String[] range = stepped[0].split("-", -1);
      if (range.length > 2 || (range.length == 1 && stepped.length == 2)) {
        throw part.bad();
      }
      from = part.number(range[0]);
      to = range.length == 2 ? part.number(range[1]) : from;
      // SAT-SUN, for Sunday is 7 as well.
      to = to == 0 && from > 0 && part.greatest() == 7 ? 7 : to;
    }
    if (from > to) {
      throw part.bad();
    }
    for (int number = from; number <= to; number += step) {
      numbers.add(number);
    }
  }

  /** One item of a field. */
  private record Part(
      String name, String text, int least, int greatest, List<String> names, int firstName) {

    int number(String digits) throws BadTiming {
      int named = names.indexOf(digits.toUpperCase(Locale.ROOT));
      int number = named >= 0 ? named + firstName : plain(digits);
      if (number < least || number > greatest) {
        throw bad();
      }
      return number;
    }

    int plain(String digits) throws BadTiming {
      try {
        return digits.isEmpty() || !Character.isDigit(digits.charAt(0))
            ? -1
            : Integer.parseInt(digits);
      } catch (NumberFormatException e) {
        throw bad();
      }
    }

    BadTiming bad() {
      return new BadTiming(
          FIELD, "`" + text + "` is no " + name + ": " + least + " to " + greatest);
    }
  }
}
