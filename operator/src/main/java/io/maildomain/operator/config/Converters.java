package io.maildomain.operator.config;

import io.maildomain.operator.config.OperatorSettings.LogFormat;
import io.maildomain.operator.config.OperatorSettings.LogLevel;
import io.maildomain.operator.config.OperatorSettings.MassDeletion;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From texts to values. Each refuses what it does not understand with one sentence that says what it would. */
final class Converters {

    private Converters() {}

    static final class AnyDuration implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return DurationText.parse(text);
            } catch (IllegalArgumentException unreadable) {
                throw new TypeConversionException(unreadable.getMessage());
            }
        }
    }

    static final class PositiveDuration implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                Duration duration = DurationText.parse(text);
                if (duration.isZero()) {
                    throw new TypeConversionException("must be longer than nothing");
                }
                return duration;
            } catch (IllegalArgumentException unreadable) {
                throw new TypeConversionException(unreadable.getMessage());
            }
        }
    }

    static final class YesOrNo implements ITypeConverter<Boolean> {
        @Override
        public Boolean convert(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new TypeConversionException("'" + text + "' is neither true nor false");
            };
        }
    }

    static final class Percent implements ITypeConverter<Integer> {

        private static final Pattern FORM = Pattern.compile("(\\d{1,3})%?");

        @Override
        public Integer convert(String text) {
            Matcher form = FORM.matcher(text.strip());
            if (!form.matches() || Integer.parseInt(form.group(1)) > 90) {
                throw new TypeConversionException("'" + text + "' is not a percentage from 0% to 90%");
            }
            return Integer.valueOf(form.group(1));
        }
    }

    static final class CountPerTime implements ITypeConverter<MassDeletion> {

        private static final Pattern FORM = Pattern.compile("(\\d{1,6})/(.+)");

        @Override
        public MassDeletion convert(String text) {
            Matcher form = FORM.matcher(text.strip());
            if (!form.matches()) {
                throw new TypeConversionException(
                        "'" + text + "' is not a count per time: write something like 20/10m");
            }
            return new MassDeletion(Integer.parseInt(form.group(1)), new PositiveDuration().convert(form.group(2)));
        }
    }

    static final class Format implements ITypeConverter<LogFormat> {
        @Override
        public LogFormat convert(String text) {
            return oneOf(LogFormat.values(), text);
        }
    }

    static final class Audience implements ITypeConverter<PageAudience> {
        @Override
        public PageAudience convert(String text) {
            return oneOf(PageAudience.values(), text);
        }
    }

    static final class Level implements ITypeConverter<LogLevel> {
        @Override
        public LogLevel convert(String text) {
            return oneOf(LogLevel.values(), text);
        }
    }

    private static <E extends Enum<E>> E oneOf(E[] values, String text) {
        return Arrays.stream(values)
                .filter(value -> value.name().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of "
                        + Arrays.stream(values)
                                .map(value -> value.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
