package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.HTTP;
import retrofit2.http.PATCH;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.Url;

/** The routes as Cloudflare's schema has them. Each method stands beside one {@link CloudflareCall}. */
interface CloudflareApi {
    @GET("zones")
    Call<Envelope<JsonNode>> listZones(
            @Query("name") String name, @Query("page") int page, @Query("per_page") int perPage);

    @POST("zones")
    Call<Envelope<JsonNode>> createZone(@Body Json.NewZone zone);

    @GET("zones/{zone}")
    Call<Envelope<JsonNode>> zone(@Path("zone") String zone);

    @DELETE("zones/{zone}")
    Call<Envelope<JsonNode>> deleteZone(@Path("zone") String zone);

    @GET("zones/{zone}/email/routing")
    Call<Envelope<JsonNode>> routing(@Path("zone") String zone);

    @PATCH("zones/{zone}/email/routing")
    Call<Envelope<JsonNode>> patchRouting(@Path("zone") String zone, @Body Json.SettingsPatch patch);

    @POST("zones/{zone}/email/routing/enable")
    Call<Envelope<JsonNode>> enableRouting(@Path("zone") String zone, @Body Json.Nothing nothing);

    @POST("zones/{zone}/email/routing/disable")
    Call<Envelope<JsonNode>> disableRouting(@Path("zone") String zone, @Body Json.Nothing nothing);

    @GET("zones/{zone}/email/routing/dns")
    Call<Envelope<JsonNode>> routingDns(@Path("zone") String zone, @Query("subdomain") String subdomain);

    @POST("zones/{zone}/email/routing/dns")
    Call<Envelope<JsonNode>> addRoutingDns(@Path("zone") String zone, @Body Json.Host host);

    @HTTP(method = "DELETE", path = "zones/{zone}/email/routing/dns", hasBody = true)
    Call<Envelope<JsonNode>> removeRoutingDns(@Path("zone") String zone, @Body Json.Host host);

    /** In the order in which they were created, which the schema does not list and Cloudflare's own client asks for. */
    @GET("zones/{zone}/email/routing/rules?order=created&direction=asc")
    Call<Envelope<JsonNode>> rules(@Path("zone") String zone, @Query("page") int page, @Query("per_page") int perPage);

    @POST("zones/{zone}/email/routing/rules")
    Call<Envelope<JsonNode>> createRule(@Path("zone") String zone, @Body Json.NewRule rule);

    @GET("zones/{zone}/email/routing/rules/{rule}")
    Call<Envelope<JsonNode>> rule(@Path("zone") String zone, @Path("rule") String rule);

    @PUT("zones/{zone}/email/routing/rules/{rule}")
    Call<Envelope<JsonNode>> updateRule(@Path("zone") String zone, @Path("rule") String rule, @Body Json.NewRule draft);

    @DELETE("zones/{zone}/email/routing/rules/{rule}")
    Call<Envelope<JsonNode>> deleteRule(@Path("zone") String zone, @Path("rule") String rule);

    @GET("zones/{zone}/email/routing/rules/catch_all")
    Call<Envelope<JsonNode>> catchAll(@Path("zone") String zone);

    @PUT("zones/{zone}/email/routing/rules/catch_all")
    Call<Envelope<JsonNode>> putCatchAll(@Path("zone") String zone, @Body Json.NewCatchAll draft);

    @GET("user/tokens/verify")
    Call<Envelope<JsonNode>> verifyToken();

    @GET("accounts/{account}/tokens/verify")
    Call<Envelope<JsonNode>> verifyAccountToken(@Path("account") String account);

    @GET("zones/{zone}/dns_records")
    Call<Envelope<JsonNode>> dnsRecords(
            @Path("zone") String zone, @Query("page") int page, @Query("per_page") int perPage);

    @GET("accounts")
    Call<Envelope<JsonNode>> accounts(@Query("page") int page, @Query("per_page") int perPage);

    /** Any of the deploy surface's reads, by its path below the base URL. */
    @GET
    Call<Envelope<JsonNode>> probe(@Url String path);
}
