using System.Text.Json;

namespace Connectors.Databricks.Tests.Discovery.Profiles;

/// <summary>What the documents of model services, and the APIs that endpoints report, say.</summary>
public class ModelServiceProfileTests
{
    private const string PayPerToken =
        """{"name":"a","destination_type":"X","traffic_percentage":100,"pay_per_token_config":{"model":"models/system.ai.databricks-claude-sonnet-4-5"}}""";

    private const string Throughput =
        """{"name":"b","traffic_percentage":40,"provisioned_throughput_config":{"model_serving_endpoint":"serving-endpoints/pt","model":"models/system.ai.llama_v3_3_70b_instruct"}}""";

    private const string External =
        """{"name":"c","external_model_config":{"model_provider_service":"main.ai.openai","target":{"model":"gpt-5-2"}}}""";

    [Fact]
    public void A_model_service_has_the_name_to_call_it_by_and_the_facts_of_its_model()
    {
        var profile = DatabricksModelFactory.EndpointProfile($$$$"""
            {"name":"model-services/system.ai.claude-sonnet-4-5","comment":"Hosted.","effective_owner":"System user",
             "supported_api_types":["mlflow/v1/chat/completions","mlflow/v1/responses","anthropic/v1/messages"],
             "config":{"routing":{"destinations":[{{{{PayPerToken}}}}]}}}
            """);

        Assert.Equal(("system.ai.claude-sonnet-4-5", true, "Hosted.", "System user", null),
            (profile.Name, profile.IsModelService, profile.Description, profile.Creator, profile.Id));
        Assert.Equal((true, ReadinessResult.Ready), (profile.IsReady, profile.Readiness));
        Assert.Equal("pay-per-token (service), chat (service), llm/v1/chat (service)", $"{profile.Kind}, {profile.Mode}, {profile.Task}");
        Assert.Equal(
            [ServingApi.ChatCompletions, ServingApi.Responses, ServingApi.AnthropicMessages], profile.SupportedApis.Value!);
        Assert.Equal("claude-sonnet-4-5", Assert.Single(profile.Models).Name);
        Assert.True(profile.Can(EndpointCapability.Tools));
    }

    [Theory]
    [InlineData(PayPerToken, "pay-per-token")]
    [InlineData(Throughput, "provisioned-throughput")]
    [InlineData(External, "external")]
    [InlineData($"{PayPerToken},{Throughput}", "provisioned-throughput")]
    [InlineData("""{"name":"d","destination_type":"DESTINATION_TYPE_NEW"}""", "unknown")]
    [InlineData("", "unknown")]
    public void The_kind_follows_from_the_destinations(string destinations, string kind) =>
        Assert.Equal(kind, Read(destinations).Kind.Value.Value);

    [Theory]
    [InlineData("""["mlflow/v1/chat/completions"]""", "chat", true, false, false)]
    [InlineData("""["chat"]""", "chat", true, false, false)]
    [InlineData("""["Chat","responses"]""", "chat", true, true, false)]
    [InlineData("""["responses","completions"]""", "responses", false, true, false)]
    [InlineData("""["embeddings"]""", "embedding", false, false, true)]
    [InlineData("""["MLFLOW/v1/embeddings"]""", "embedding", false, false, true)]
    [InlineData("""["openai/v1/responses","mlflow/v1/responses"]""", "responses", false, true, false)]
    [InlineData("""["anthropic/v1/messages"]""", "unknown", false, false, false)]
    [InlineData("""[null,7,{},"\ud800",""," ","mlflow/v1/responses","mlflow/v1/responses"]""", "responses", false, true, false)]
    public void The_mode_follows_from_the_apis(string apis, string mode, bool chat, bool responses, bool embeddings)
    {
        var profile = Read(PayPerToken, $"\"supported_api_types\":{apis},");

        Assert.Equal(
            (mode, chat, responses, embeddings),
            (profile.Mode.Value.Value, profile.Supports(ServingApi.ChatCompletions), profile.Supports(ServingApi.Responses),
                profile.Supports(ServingApi.Embeddings)));
        Assert.Equal(ProfileSource.Service, profile.SupportedApis.Source);
        Assert.Equal(profile.SupportedApis.Value!.Distinct(), profile.SupportedApis.Value!);
    }

    // Older workspaces leave the member out; others may write anything.
    [Theory]
    [InlineData("")]
    [InlineData("\"supported_api_types\":null,")]
    [InlineData("\"supported_api_types\":[],")]
    [InlineData("\"supported_api_types\":\"mlflow/v1/embeddings\",")]
    [InlineData("\"supported_api_types\":{\"a\":1},")]
    public void Without_reported_apis_the_model_decides(string member)
    {
        var profile = Read(PayPerToken, member);

        Assert.Equal("chat (table)", $"{profile.Mode}");
        Assert.Equal([ServingApi.ChatCompletions], profile.SupportedApis.Value!);
    }

    [Fact]
    public void A_service_whose_model_is_unknown_and_that_reports_nothing_is_unknown()
    {
        var profile = DatabricksModelFactory.EndpointProfile("""{"name":"model-services/main.ai.thing"}""");

        Assert.Equal(("unknown", "unknown", "unknown"),
            ($"{profile.Mode.Value}", $"{profile.SupportedApis}", $"{profile.Kind.Value}"));
        Assert.True(profile.IsReady);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"name":"a","is_deleted":true,"pay_per_token_config":{"model":"models/system.ai.x"}}]""")]
    [InlineData("[null,7]")]
    public void A_service_without_a_destination_is_not_ready(string destinations)
    {
        var profile = DatabricksModelFactory.EndpointProfile(
            $$$$"""{"name":"model-services/main.ai.x","config":{"routing":{"destinations":{{{{destinations}}}}}}}""");

        Assert.Equal((false, ReadinessResult.Idle), (profile.IsReady, profile.Readiness));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("""{"routing":null}""")]
    [InlineData("""{"routing":[]}""")]
    [InlineData("""{"routing":{"destinations":"none"}}""")]
    [InlineData("""{"routing":{"destinations":[{"name":7,"pay_per_token_config":[],"traffic_percentage":"x"}],"fallback":7}}""")]
    public void Members_of_another_kind_count_as_absent(string config)
    {
        var profile = DatabricksModelFactory.EndpointProfile(
            $$"""{"name":"model-services/main.ai.x","comment":{},"owner":7,"effective_owner":[],"config":{{config}}}""");

        Assert.Equal(("main.ai.x", null, null, true), (profile.Name, profile.Description, profile.Creator, profile.IsReady));
    }

    [Theory]
    [InlineData("""{"name":"model-services/"}""")]
    [InlineData("""{"name":"model-services/x"}""")]
    [InlineData("""{"name":"model-services/a.b"}""")]
    public void A_service_needs_a_name_of_three_parts(string document) =>
        Assert.Throws<ArgumentException>(() => DatabricksModelFactory.EndpointProfile(document));

    [Theory]
    [InlineData("llm/v1/chat", "mlflow/v1/chat/completions", "service")]
    [InlineData("llm/v1/embeddings", "mlflow/v1/embeddings", "service")]
    [InlineData("llm/v1/completions", "", "service")]
    [InlineData("agent/v1/responses", "mlflow/v1/responses", "service")]
    [InlineData("agent/v2/chat", "mlflow/v1/chat/completions", "service")]
    [InlineData("agent/v9/dance", null, "unknown")]
    [InlineData(null, null, "unknown")]
    public void The_apis_of_an_endpoint_follow_from_its_task(string? task, string? apis, string source) =>
        AssertApis(ProfileFromEndpointTests.Read("mine", task, """{"entity_name":"main.ml.a","entity_version":"1"}"""), apis, source);

    [Theory]
    [InlineData("""{"foundation_model":{"name":"system.ai.gpt-5-2"}}""", "mlflow/v1/chat/completions mlflow/v1/responses", "table")]
    [InlineData(
        """{"foundation_model":{"name":"system.ai.gpt-5-2","api_types":["mlflow/v1/chat/completions","openai/v1/responses"]}}""",
        "mlflow/v1/chat/completions openai/v1/responses", "service")]
    [InlineData(
        """{"external_model":{"provider":"openai","name":"gpt-5-2","task":"llm/v1/chat"}}""", "mlflow/v1/chat/completions", "service")]
    public void A_hosted_model_has_further_apis(string entity, string apis, string source) =>
        AssertApis(ProfileFromEndpointTests.Read("databricks-a", "llm/v1/chat", entity), apis, source);

    [Fact]
    public void Of_several_served_entities_those_count_that_all_support() => AssertApis(
        DatabricksModelFactory.EndpointProfile("""
            {"name":"a","config":{"served_entities":[
              {"foundation_model":{"name":"x","api_types":["mlflow/v1/chat/completions","mlflow/v1/responses"]}},
              {"foundation_model":{"name":"y","api_types":["mlflow/v1/responses"]}}]}}
            """),
        "mlflow/v1/responses",
        "service");

    private static void AssertApis(EndpointProfile profile, string? apis, string source) => Assert.Equal(
        (apis, source),
        (profile.SupportedApis.Value is { } known ? string.Join(' ', known) : null, profile.SupportedApis.Source.Value));

    private static EndpointProfile Read(string destinations, string members = "") => DatabricksModelFactory.EndpointProfile(
        $$$$"""{"name":"model-services/main.ai.x",{{{{members}}}}"config":{"routing":{"destinations":[{{{{destinations}}}}]}}}""");
}
