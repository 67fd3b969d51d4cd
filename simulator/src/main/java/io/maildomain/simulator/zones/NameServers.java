package io.maildomain.simulator.zones;

import java.util.List;

/** The two name servers that a zone gets: the same name gets others when it is added again. */
public final class NameServers {

    private static final List<String> FIRST = List.of(
            "ada", "bella", "cleo", "dana", "elle", "fay", "gina", "hera", "isla", "jade", "kate", "lara", "maya",
            "nina", "olga", "pola", "rita", "sara", "tina", "uma", "vera", "wren", "zara");

    private static final List<String> SECOND = List.of(
            "adam", "bob", "carl", "dean", "ezra", "finn", "glen", "hugo", "ivan", "jake", "kurt", "leo", "max", "ned",
            "otto", "pete", "rick", "sam", "tom", "vick", "walt", "yuri", "zod");

    private NameServers() {}

    /** The name servers of a zone whose name was added that many times before. */
    public static List<String> of(String name, int timesAddedBefore) {
        int first = Math.floorMod(name.hashCode(), FIRST.size());
        int second = Math.floorMod(name.hashCode() / FIRST.size() + timesAddedBefore, SECOND.size());
        return List.of(FIRST.get(first) + ".ns.cloudflare.com", SECOND.get(second) + ".ns.cloudflare.com");
    }
}
