package io.maildomain.operator.cloudflare;

/** Asked before each writing call: may this process still write? One that lost its lease may not. */
@FunctionalInterface
public interface WriteFence {
    boolean mayWrite();
}
