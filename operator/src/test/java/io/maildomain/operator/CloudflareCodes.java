package io.maildomain.operator;

import io.maildomain.operator.cloudflare.CloudflareError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks for codes of Cloudflare's in sources. */
final class CloudflareCodes {
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");
    /** Amounts of more than three digits are written with an underscore (10_000): those are no codes. */
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])[0-9]{1,7}(?![\\w.])");

    /** The package that may know codes. */
    private static final Pattern CLIENT = Pattern.compile("(^|/)cloudflare/");

    /** Numbers that mean something else everywhere: nothing, and the milliseconds of a second. */
    private static final Set<Integer> COMMON = Set.of(0, 1000);

    private static final Set<Integer> CODES = Arrays.stream(CloudflareError.values())
            .map(CloudflareError::code)
            .filter(code -> !COMMON.contains(code))
            .collect(Collectors.toSet());

    private CloudflareCodes() {}

    /** File and number of each code that stands in the code or in a text outside of the client; comments may cite one. */
    static List<String> outsideOfTheClient(Path sources) throws IOException {
        return JavaSource.below(sources).stream()
                .filter(source -> !CLIENT.matcher(source.path().toString().replace('\\', '/'))
                        .find())
                .flatMap(source -> in(source).stream())
                .toList();
    }

    private static List<String> in(JavaSource source) {
        List<String> found = new ArrayList<>();
        Matcher number = NUMBER.matcher(COMMENT.matcher(source.text()).replaceAll(" "));
        while (number.find()) {
            if (CODES.contains(Integer.parseInt(number.group()))) {
                found.add(source + ": " + number.group());
            }
        }
        return found;
    }
}
