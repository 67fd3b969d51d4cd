package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * Where the world is sent that asks for the domain.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DelegationStatus(
        @JsonPropertyDescription(
                "Complete: to the zone's name servers. Partial: to some of them, or to others besides. Elsewhere: to other "
                        + "name servers. Absent: the parent zone knows no such domain.")
        DelegationState state,

        @Size(max = Bounded.HOST) @JsonPropertyDescription("The zone above, which says so.")
        String parent,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16)
        @JsonPropertyDescription("The name servers that it names, in order of the alphabet.")
        List<@Size(max = Bounded.HOST) String> nameServers,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 8)
        @JsonPropertyDescription(
                "The key tags of the DS records that stand there. Before other name servers are set they must go, or who checks "
                        + "signatures finds nothing any more.")
        List<@Size(max = 8) String> dsKeyTags) {

    /** Replaces absent lists by empty ones, and cuts what is too long. */
    public DelegationStatus {
        parent = Bounded.shared(Bounded.text(parent, Bounded.HOST));
        nameServers = Bounded.texts(nameServers, 16, Bounded.HOST);
        dsKeyTags = Bounded.texts(dsKeyTags, 8, 8);
    }
}
