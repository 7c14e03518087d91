using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.ModelServices;

/// <summary>The routes of model services, with both documents.</summary>
public class ModelServiceRoutesTests
{
    private const string Path = "/api/2.1/unity-catalog/model-services";

    public const string Answer =
        """
        {"name":"model-services/main.ai.chat","comment":"For support.","effective_owner":"a@example.com","etag":"+/8AAQ==",
         "metastore_id":"m-1","supported_api_types":["mlflow/v1/chat/completions"],"create_time":"2026-11-01T10:00:00Z",
         "created_by":"a@example.com","update_time":"2026-11-02T10:00:00.5Z","updated_by":"b@example.com",
         "config":{
           "routing":{
             "destinations":[
               {"name":"champion","destination_type":"DESTINATION_TYPE_PAY_PER_TOKEN_FOUNDATION_MODEL","traffic_percentage":90,
                "pay_per_token_config":{"model":"models/system.ai.databricks-claude-sonnet-4-5"}},
               {"name":"challenger","destination_type":"DESTINATION_TYPE_PROVISIONED_THROUGHPUT_FOUNDATION_MODEL","traffic_percentage":10,
                "provisioned_throughput_config":{"model_serving_endpoint":"serving-endpoints/llama-pt","model":"system.ai.llama"},
                "is_deleted":true}],
             "fallback":{"destinations":[
               {"name":"gpt","destination_type":"DESTINATION_TYPE_EXTERNAL_FOUNDATION_MODEL",
                "external_model_config":{"model_provider_service":"model-provider-services/main.ai.openai",
                  "target":{"model":"gpt-5-2","native_api_types":["openai/v1/chat/completions"]}}}]},
             "first_token_timeout":"5s"},
           "rate_limits":[{"key":"RATE_LIMIT_KEY_USER","principal":"a@example.com","requests":60,"tokens":1000,
             "renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_HOUR"}],
           "inference_table":{"parent":"schemas/main.logs","table_name_prefix":"chat","table":"tables/main.logs.chat_payload"}}}
        """;

    [Fact]
    public async Task Get()
    {
        var service = await Managing.Exchange(
            $"GET {Path}/main.ai.chat", request: null, Answer, management => management.ModelServices.GetAsync("main.ai.chat"));

        Assert.Equal(
            ("main.ai.chat", "model-services/main.ai.chat", "For support.", "a@example.com", "+/8AAQ==", "m-1"),
            (service.Name, service.ResourceName, service.Comment, service.EffectiveOwner, service.Etag, service.MetastoreId));
        Assert.Equal(["mlflow/v1/chat/completions"], service.SupportedApiTypes);
        Assert.Equal(
            (new DateTimeOffset(2026, 11, 1, 10, 0, 0, TimeSpan.Zero), "a@example.com", "b@example.com"),
            (service.CreatedAt, service.CreatedBy, service.UpdatedBy));
        Assert.Equal(new DateTimeOffset(2026, 11, 2, 10, 0, 0, 500, TimeSpan.Zero), service.UpdatedAt);
        Assert.Equal("main.ai.chat (champion 90 %, challenger 10 %)", service.ToString());
        var (champion, challenger, gpt) = (service.Destinations[0], service.Destinations[1], service.Fallbacks[0]);
        Assert.Equal(
            (ModelServiceDestinationType.PayPerToken, "models/system.ai.databricks-claude-sonnet-4-5", null),
            (champion.DestinationType, champion.PayPerTokenConfig!.Model, champion.IsDeleted));
        Assert.Equal(
            (ModelServiceDestinationType.ProvisionedThroughput, "serving-endpoints/llama-pt", "system.ai.llama", true),
            (challenger.DestinationType, challenger.ProvisionedThroughputConfig!.ModelServingEndpoint,
                challenger.ProvisionedThroughputConfig.Model, challenger.IsDeleted));
        Assert.Equal(
            (ModelServiceDestinationType.External, "model-provider-services/main.ai.openai", "gpt-5-2"),
            (gpt.DestinationType, gpt.ExternalModelConfig!.ModelProviderService, gpt.ExternalModelConfig.Target!.Model));
        Assert.Equal(["openai/v1/chat/completions"], gpt.ExternalModelConfig.Target.NativeApiTypes);
        var limit = Assert.Single(service.Config!.RateLimits!);
        Assert.Equal(
            (ModelServiceRateLimitKey.User, "a@example.com", 60, 1000, ModelServiceRenewalPeriod.Hour),
            (limit.Key, limit.Principal, limit.Requests, limit.Tokens, limit.RenewalPeriod));
        Assert.Equal(
            ("schemas/main.logs", "chat", "tables/main.logs.chat_payload"),
            (service.Config.InferenceTable!.Parent, service.Config.InferenceTable.TableNamePrefix, service.Config.InferenceTable.Table));
        Assert.Equal("5s", service.Config.Routing!.AdditionalProperties["first_token_timeout"].GetString());
    }

    [Fact]
    public async Task A_resource_name_is_a_name_too() => Assert.Equal("main.ai.chat", (await Managing.Exchange(
        $"GET {Path}/main.ai.chat", request: null, Answer,
        management => management.ModelServices.GetAsync("model-services/main.ai.chat"))).Name);

    [Fact]
    public async Task Find_returns_null_for_a_missing_service_and_fails_without_a_gateway()
    {
        var missing = new VerbatimService { HasModelServices = true }
            .Answers("""{"error_code":"NOT_FOUND","message":"No."}""", System.Net.HttpStatusCode.NotFound);
        var none = new VerbatimService { HasModelServices = true }
            .Answers("""{"error_code":"ENDPOINT_NOT_FOUND","message":"No API."}""", System.Net.HttpStatusCode.NotFound);

        Assert.Null(await missing.Client().GetManagementClient().ModelServices.FindAsync("main.ai.chat"));
        Assert.Equal(
            DatabricksServingErrorKind.GatewayUnavailable,
            (await Managing.Fails(none, management => management.ModelServices.FindAsync("main.ai.chat"))).Kind);
    }

    [Fact]
    public async Task Create()
    {
        var definition = new ModelServiceDefinition("main.ai.chat", new ModelServiceConfig
        {
            Routing = new ModelServiceRouting
            {
                Destinations =
                [
                    ModelServiceDestination.ToModel("champion", "system.ai.databricks-claude-sonnet-4-5", 90),
                    ModelServiceDestination.ToEndpoint("challenger", "llama-pt", 10),
                ],
                Fallback = new ModelServiceFallback
                {
                    Destinations =
                    [
                        ModelServiceDestination.ToProvider("gpt", "main.ai.openai", "gpt-5-2", ["openai/v1/chat/completions"]),
                    ],
                },
            },
            RateLimits = [new ModelServiceRateLimit { Requests = 60 }],
            InferenceTable = ModelServiceInferenceTable.In("main.logs", "chat"),
        })
        {
            Comment = "For support.",
            Owner = "team",
        };

        var created = await Managing.Exchange(
            $"POST {Path}?parent=schemas%2Fmain.ai&model_service_id=chat",
            """
            {"comment":"For support.","owner":"team","config":{
              "routing":{
                "destinations":[
                  {"name":"champion","destination_type":"DESTINATION_TYPE_PAY_PER_TOKEN_FOUNDATION_MODEL","traffic_percentage":90,
                   "pay_per_token_config":{"model":"models/system.ai.databricks-claude-sonnet-4-5"}},
                  {"name":"challenger","destination_type":"DESTINATION_TYPE_PROVISIONED_THROUGHPUT_FOUNDATION_MODEL","traffic_percentage":10,
                   "provisioned_throughput_config":{"model_serving_endpoint":"serving-endpoints/llama-pt"}}],
                "fallback":{"destinations":[
                  {"name":"gpt","destination_type":"DESTINATION_TYPE_EXTERNAL_FOUNDATION_MODEL","external_model_config":{
                    "model_provider_service":"model-provider-services/main.ai.openai",
                    "target":{"model":"gpt-5-2","native_api_types":["openai/v1/chat/completions"]}}}]}},
              "rate_limits":[{"key":"RATE_LIMIT_KEY_SERVICE","requests":60,"renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_MINUTE"}],
              "inference_table":{"parent":"schemas/main.logs","table_name_prefix":"chat"}}}
            """,
            Answer,
            management => management.ModelServices.CreateAsync(definition));

        Assert.Equal("main.ai.chat", created.Name);
    }

    [Fact]
    public async Task Create_if_not_exists_leaves_an_existing_service_and_looks_again_after_a_lost_response()
    {
        var definition = new ModelServiceDefinition(
            "main.ai.chat", ModelServiceConfig.To(ModelServiceDestination.ToModel("a", "system.ai.x")));
        var there = new VerbatimService { HasModelServices = true }.Answers(Answer);
        var lost = new VerbatimService { HasModelServices = true }
            .Answers("""{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"No."}""", System.Net.HttpStatusCode.NotFound)
            .Answers("{}", System.Net.HttpStatusCode.GatewayTimeout)
            .Answers(Answer);

        Assert.Equal("For support.",
            (await there.Client().GetManagementClient().ModelServices.CreateIfNotExistsAsync(definition)).Comment);
        Assert.Equal("For support.",
            (await lost.Client().GetManagementClient().ModelServices.CreateIfNotExistsAsync(definition)).Comment);
        Assert.Equal((1, 3), (there.Sent.Count, lost.Sent.Count));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("+/8AAQ==", "?etag=%2B%2F8AAQ%3D%3D")]
    public async Task Delete(string? etag, string query) => await Managing.Exchange(
        $"DELETE {Path}/main.ai.chat{query}", request: null, "{}",
        management => management.ModelServices.DeleteAsync("main.ai.chat", etag));

    [Theory]
    [InlineData("chat")]
    [InlineData("ai.chat")]
    [InlineData("main..chat")]
    [InlineData("main.ai.chat.more")]
    [InlineData("model-services/chat")]
    [InlineData(" ")]
    public async Task Nothing_is_sent_for_a_name_without_three_parts(string name)
    {
        var service = new VerbatimService { HasModelServices = true };
        var services = service.Client().GetManagementClient().ModelServices;

        await Assert.ThrowsAnyAsync<ArgumentException>(() => services.GetAsync(name));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => services.DeleteAsync(name));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => services.UpdateRateLimitsAsync(name, []));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => services.Grants.GrantExecuteAsync(name, "a"));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => services.Rollouts.PromoteAsync(name, "a"));
        Assert.ThrowsAny<ArgumentException>(() => new ModelServiceDefinition(name, new ModelServiceConfig()));
        Assert.Empty(service.Sent);
    }

    [Fact]
    public void A_mock_reads_documents_as_the_client_does() =>
        Assert.Equal("main.ai.chat", DatabricksManagementModelFactory.ModelService(Answer).Name);
}
