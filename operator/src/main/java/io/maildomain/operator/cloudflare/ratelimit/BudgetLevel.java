package io.maildomain.operator.cloudflare.ratelimit;

/**
 * What a budget holds.
 *
 * @param left how many requests may be sent at once
 * @param most how many that would be if none had been sent
 */
public record BudgetLevel(long left, long most) {}
