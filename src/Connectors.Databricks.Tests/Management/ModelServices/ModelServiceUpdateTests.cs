using System.Net;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.ModelServices;

/// <summary>Updates: which parts are sent, under which condition, and what does not survive on purpose.</summary>
public class ModelServiceUpdateTests
{
    private const string Path = "/api/2.1/unity-catalog/model-services/main.ai.chat";
    private const string Etag = "%2B%2F8AAQ%3D%3D";

    private const string Destinations =
        """
        [{"name":"champion","destination_type":"DESTINATION_TYPE_PAY_PER_TOKEN_FOUNDATION_MODEL","traffic_percentage":90,
          "pay_per_token_config":{"model":"models/system.ai.databricks-claude-sonnet-4-5"}},
         {"name":"challenger","destination_type":"DESTINATION_TYPE_PROVISIONED_THROUGHPUT_FOUNDATION_MODEL","traffic_percentage":10,
          "provisioned_throughput_config":{"model_serving_endpoint":"serving-endpoints/llama-pt"}}]
        """;

    private const string Fallbacks =
        """
        [{"name":"gpt","destination_type":"DESTINATION_TYPE_EXTERNAL_FOUNDATION_MODEL","external_model_config":{
          "model_provider_service":"model-provider-services/main.ai.openai",
          "target":{"model":"gpt-5-2","native_api_types":["openai/v1/chat/completions"]}}}]
        """;

    private const string Limits =
        """
        [{"key":"RATE_LIMIT_KEY_USER","principal":"a@example.com","requests":60,"tokens":1000,
          "renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_HOUR"}]
        """;

    private const string Table = """{"parent":"schemas/main.logs","table_name_prefix":"chat"}""";

    private static ModelService Read { get; } = DatabricksManagementModelFactory.ModelService(ModelServiceRoutesTests.Answer);

    public static TheoryData<string[], string> Masks => new()
    {
        { [ModelServiceFields.Comment], """{"comment":"For support."}""" },
        { [ModelServiceFields.Destinations], $$$$"""{"config":{"routing":{"destinations":{{{{Destinations}}}} }}}""" },
        { [ModelServiceFields.Fallbacks], $$$$"""{"config":{"routing":{"fallback":{"destinations":{{{{Fallbacks}}}} }} }}""" },
        { [ModelServiceFields.RateLimits], $$$"""{"config":{"rate_limits":{{{Limits}}} }}""" },
        { [ModelServiceFields.InferenceTable], $$$"""{"config":{"inference_table":{{{Table}}} }}""" },
        {
            [ModelServiceFields.Comment, ModelServiceFields.RateLimits],
            $$$"""{"comment":"For support.","config":{"rate_limits":{{{Limits}}} }}"""
        },
        {
            [ModelServiceFields.Config],
            $$$"""
            {"config":{"routing":{"destinations":{{{Destinations}}},"fallback":{"destinations":{{{Fallbacks}}} },
              "first_token_timeout":"5s"},"rate_limits":{{{Limits}}},"inference_table":{{{Table}}} } }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Masks))]
    public async Task Only_the_parts_of_the_mask_are_sent_without_output_only_members(string[] mask, string body) =>
        await Managing.Exchange(
            $"PATCH {Path}?update_mask={string.Join("%2C", mask)}&etag={Etag}", body, ModelServiceRoutesTests.Answer,
            management => management.ModelServices.UpdateAsync(Read, mask));

    [Fact]
    public async Task A_service_without_an_etag_is_updated_without_a_condition() => await Managing.Exchange(
        $"PATCH {Path}?update_mask=comment", """{"comment":"New."}""", ModelServiceRoutesTests.Answer,
        management => management.ModelServices.UpdateAsync(Read with { Etag = null, Comment = "New." }, [ModelServiceFields.Comment]));

    [Fact]
    public async Task A_part_that_is_not_set_is_cleared()
    {
        var cleared = Read with { Comment = null, Config = null, Etag = null };

        await Managing.Exchange($"PATCH {Path}?update_mask=comment", "{}", ModelServiceRoutesTests.Answer,
            management => management.ModelServices.UpdateAsync(cleared, [ModelServiceFields.Comment]));
        await Managing.Exchange($"PATCH {Path}?update_mask=config.rate_limits", """{"config":{"rate_limits":[]}}""",
            ModelServiceRoutesTests.Answer, management => management.ModelServices.UpdateRateLimitsAsync("main.ai.chat", []));
        await Managing.Exchange($"PATCH {Path}?update_mask=config.inference_table", """{"config":{}}""",
            ModelServiceRoutesTests.Answer, management => management.ModelServices.UpdateInferenceTableAsync("main.ai.chat", null));
        await Managing.Exchange(
            $"PATCH {Path}?update_mask=config.routing.fallback.destinations", """{"config":{"routing":{"fallback":{"destinations":[]}}}}""",
            ModelServiceRoutesTests.Answer, management => management.ModelServices.UpdateFallbacksAsync("main.ai.chat", []));
    }

    [Fact]
    public async Task One_part_is_updated_by_name()
    {
        await Managing.Exchange(
            $"PATCH {Path}?update_mask=config.routing.destinations&etag=e",
            """
            {"config":{"routing":{"destinations":[{"name":"a","destination_type":"DESTINATION_TYPE_PAY_PER_TOKEN_FOUNDATION_MODEL",
              "pay_per_token_config":{"model":"models/system.ai.x"}}]}}}
            """,
            ModelServiceRoutesTests.Answer,
            management => management.ModelServices.UpdateDestinationsAsync(
                "main.ai.chat", [ModelServiceDestination.ToModel("a", "models/system.ai.x")], etag: "e"));
        await Managing.Exchange(
            $"PATCH {Path}?update_mask=config.inference_table", """{"config":{"inference_table":{"parent":"schemas/main.logs"}}}""",
            ModelServiceRoutesTests.Answer,
            management => management.ModelServices.UpdateInferenceTableAsync(
                "main.ai.chat", ModelServiceInferenceTable.In("schemas/main.logs")));
    }

    [Fact]
    public async Task Members_that_are_not_known_are_read_and_sent_back()
    {
        const string Unknown =
            """
            {"name":"model-services/main.ai.chat","etag":"e","new":{"a":1},"config":{
              "service_policies":[{"name":"p"}],
              "routing":{"traffic_splitting":{"affinity":"SESSION"},"fallback":{"order":"LISTED"},"destinations":[
                {"name":"a","destination_type":"DESTINATION_TYPE_NEW","weight":{"x":[1,2]},"new_config":{"model":"m"},
                 "pay_per_token_config":{"model":"models/system.ai.x","tier":"PRIORITY"}}]},
              "rate_limits":[{"key":"RATE_LIMIT_KEY_NEW","renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_DAY","bursts":3}],
              "inference_table":{"parent":"schemas/main.logs","format":"DELTA"}}}
            """;
        var service = DatabricksManagementModelFactory.ModelService(Unknown);

        Assert.Equal(["new"], service.AdditionalProperties.Keys);
        await Managing.Exchange(
            $"PATCH {Path}?update_mask=config&etag=e",
            """
            {"config":{
              "routing":{"destinations":[
                {"name":"a","destination_type":"DESTINATION_TYPE_NEW","pay_per_token_config":{"model":"models/system.ai.x","tier":"PRIORITY"},
                 "weight":{"x":[1,2]},"new_config":{"model":"m"}}],
                "fallback":{"order":"LISTED"},"traffic_splitting":{"affinity":"SESSION"}},
              "rate_limits":[{"key":"RATE_LIMIT_KEY_NEW","renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_DAY","bursts":3}],
              "inference_table":{"parent":"schemas/main.logs","format":"DELTA"},
              "service_policies":[{"name":"p"}]}}
            """,
            Unknown,
            management => management.ModelServices.UpdateAsync(service, [ModelServiceFields.Config]));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("config.routing")]
    [InlineData("config.routing.fallback")]
    [InlineData("owner")]
    [InlineData("Comment")]
    [InlineData("comment,config")]
    [InlineData("")]
    public async Task An_illegal_mask_is_not_sent(string field)
    {
        var service = new VerbatimService { HasModelServices = true };

        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => service.Client().GetManagementClient().ModelServices.UpdateAsync(Read, [ModelServiceFields.Comment, field]));

        Assert.Equal(
            $"'{field}' cannot be in an update mask. Use comment, config, config.routing.destinations, " +
            "config.routing.fallback.destinations, config.rate_limits, config.inference_table. (Parameter 'updateMask')",
            exception.Message);
        Assert.Empty(service.Sent);
    }

    [Fact]
    public async Task An_empty_mask_is_not_sent() => Assert.StartsWith(
        "The update mask is empty. Use comment, config,",
        (await Assert.ThrowsAsync<ArgumentException>(
            () => new VerbatimService { HasModelServices = true }
                .Client().GetManagementClient().ModelServices.UpdateAsync(Read, []))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("RESOURCE_CONFLICT", HttpStatusCode.Conflict)]
    [InlineData("ABORTED", HttpStatusCode.Conflict)]
    [InlineData("FAILED_PRECONDITION", HttpStatusCode.BadRequest)]
    [InlineData("INVALID_PARAMETER_VALUE", HttpStatusCode.BadRequest)]
    [InlineData("FAILED_PRECONDITION", HttpStatusCode.PreconditionFailed)]
    [InlineData("RESOURCE_CONFLICT", HttpStatusCode.OK)]
    public async Task A_stale_etag_is_a_concurrent_change(string code, HttpStatusCode status)
    {
        var service = new VerbatimService { HasModelServices = true }
            .Answers($$"""{"error_code":"{{code}}","message":"The etag is stale."}""", status);

        var exception = await Managing.Fails(
            service, management => management.ModelServices.UpdateAsync(Read, [ModelServiceFields.Comment]));

        Assert.Equal((DatabricksServingErrorKind.ConcurrentChange, "main.ai.chat"), (exception.Kind, exception.EndpointName));
        Assert.EndsWith(
            "The service was changed since it was read: get it again, apply the change to it, and send it with its new Etag. An Etag of " +
            "null overwrites the change.",
            exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conflict_without_an_etag_or_about_another_thing_is_no_concurrent_change()
    {
        const string Conflict = """{"error_code":"RESOURCE_CONFLICT","message":"Busy."}""";
        var withoutEtag = await Managing.Fails(
            new VerbatimService { HasModelServices = true }.Answers(Conflict, HttpStatusCode.Conflict),
            management => management.ModelServices.UpdateAsync(Read with { Etag = null }, [ModelServiceFields.Comment]));
        var invalid = await Managing.Fails(
            new VerbatimService { HasModelServices = true }
                .Answers("""{"error_code":"FAILED_PRECONDITION","message":"No such endpoint."}""", HttpStatusCode.BadRequest),
            management => management.ModelServices.UpdateAsync(Read, [ModelServiceFields.Destinations]));

        Assert.Equal(
            (DatabricksServingErrorKind.Other, DatabricksServingErrorKind.InvalidRequest), (withoutEtag.Kind, invalid.Kind));
        Assert.EndsWith("get it, and try again.", withoutEtag.Message, StringComparison.Ordinal);
        Assert.Contains("Compare the request with the service's message", invalid.Message, StringComparison.Ordinal);
    }
}
