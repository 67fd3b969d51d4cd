package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.TokenDeployClient.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/** {@link Destinations} with one token and one account. */
record TokenDestinations(CallExecutor executor, String accountId) implements Destinations {

    private static final String UNVERIFIED = "unverified";

    /** @throws IllegalArgumentException for what is no id of an account */
    TokenDestinations {
        ApiRequest.id(accountId);
    }

    @Override
    public DestinationList list() {
        return read(ApiRequest.to(CloudflareCall.LIST_ADDRESSES, accountId));
    }

    @Override
    public DestinationList unverified() {
        return read(ApiRequest.to(CloudflareCall.LIST_ADDRESSES, accountId).with("verified", "false"));
    }

    /** As a whole or not at all: what is passed over would be taken for missing, and created anew. */
    private DestinationList read(ApiRequest request) {
        Pages<JsonNode> pages = new Listing(executor).read(request);
        return CallExecutor.translated(
                request.call(),
                () -> new DestinationList(
                        pages.items().stream()
                                .map(TokenDestinations::destination)
                                .toList(),
                        pages.answeredAt()));
    }

    @Override
    public Optional<Destination> withId(String id) {
        if (!Translation.isId(id)) {
            // It stands in a status, where anything may have been written.
            return Optional.empty();
        }
        ApiRequest request = ApiRequest.to(CloudflareCall.GET_ADDRESS, accountId, id);
        return unless(
                () -> executor.ask(request, TokenDestinations::destination), CloudflareError.DESTINATION_NOT_FOUND);
    }

    @Override
    public Destination create(String email) {
        return executor.ask(
                ApiRequest.to(CloudflareCall.CREATE_ADDRESS, accountId).sending(new Json.NewAddress(email)),
                TokenDestinations::destination);
    }

    @Override
    public boolean delete(String id) {
        return TokenDeployClient.deleted(
                () -> executor.tell(ApiRequest.to(CloudflareCall.DELETE_ADDRESS, accountId, id)),
                CloudflareError.DESTINATION_NOT_FOUND,
                () -> withId(id).isPresent());
    }

    /** A time that cannot be read is one all the same. */
    private static Destination destination(JsonNode node) {
        Fields body = new Fields(node);
        String id = body.text("id");
        String email = body.text("email");
        Translation.require(!email.isEmpty(), "a destination address has no email");
        String status = body.text("status");
        boolean verified = !status.equals(UNVERIFIED) && (body.has("verified") || status.equals("verified"));
        Instant at = body.time("verified");
        return new Destination(
                Translation.isId(id) ? id : "",
                HostNames.asciiAddress(email),
                body.time("created"),
                verified,
                verified ? at : null);
    }
}
