package io.maildomain.operator.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote down. */
final class ProductVersion implements IVersionProvider {

    static String current() {
        Properties properties = new Properties();
        try (InputStream file =
                ProductVersion.class.getResourceAsStream("/io/maildomain/operator/version.properties")) {
            properties.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("version");
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "mail-domain-operator " + current(),
            "JDK " + System.getProperty("java.runtime.version") + " (" + System.getProperty("java.vendor") + ")"
        };
    }
}
