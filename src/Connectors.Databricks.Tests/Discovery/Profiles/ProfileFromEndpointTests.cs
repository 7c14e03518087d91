using System.Text.Json;
using Connectors.Databricks.Discovery.Documents;
using Connectors.Databricks.Discovery.Profiles;

namespace Connectors.Databricks.Tests.Discovery.Profiles;

public class ProfileFromEndpointTests
{
    private const string Llama = """{"name":"a","foundation_model":{"name":"system.ai.meta-llama-3-3-70b-instruct"},"entity_name":"system.ai.meta-llama-3-3-70b-instruct"}""";
    private const string Claude =
        """{"name":"b","external_model":{"provider":"anthropic","name":"claude-sonnet-4-5-20250929","task":"llm/v1/chat"}}""";

    [Theory]
    [InlineData("databricks-a", "llm/v1/chat", Llama, "pay-per-token", "inferred")]
    [InlineData("mine", "llm/v1/chat", Llama, "provisioned-throughput", "inferred")]
    [InlineData("mine", "llm/v1/chat", """{"entity_name":"system.ai.x","entity_version":"1","provisioned_model_units":50}""",
        "provisioned-throughput", "service")]
    [InlineData("mine", "llm/v1/chat", """{"entity_name":"main.ml.tuned","entity_version":"1","max_provisioned_throughput":9500}""",
        "provisioned-throughput", "service")]
    [InlineData("mine", "llm/v1/chat", Claude, "external", "service")]
    [InlineData("mine", "agent/v2/chat", """{"entity_name":"main.agents.helper","entity_version":"3"}""", "agent", "service")]
    [InlineData("mine", null, """{"entity_name":"main.ml.churn","entity_version":"7"}""", "custom", "service")]
    [InlineData("mine", "llm/v1/chat", """{"entity_name":"main.ml.tuned","entity_version":"7"}""", "custom", "service")]
    [InlineData("mine", null, """{"entity_name":"main.features.customer"}""", "feature", "inferred")]
    [InlineData("databricks-new-model", null, null, "pay-per-token", "inferred")]
    [InlineData("mine", null, null, "unknown", "unknown")]
    public void The_kind_follows_from_what_is_served(string name, string? task, string? entity, string kind, string source)
    {
        var profile = Read(name, task, entity);

        Assert.Equal((kind, source), (profile.Kind.Value.ToString(), profile.Kind.Source.ToString()));
    }

    [Theory]
    [InlineData("llm/v1/chat", Llama, "chat")]
    [InlineData("llm/v1/completions", """{"entity_name":"main.ml.a","entity_version":"1"}""", "completion")]
    [InlineData("llm/v1/embeddings", """{"entity_name":"main.ml.a","entity_version":"1"}""", "embedding")]
    [InlineData("agent/v1/chat", """{"entity_name":"main.ml.a","entity_version":"1"}""", "chat")]
    [InlineData("agent/v2/chat", """{"entity_name":"main.ml.a","entity_version":"1"}""", "chat")]
    [InlineData("agent/v1/responses", """{"entity_name":"main.ml.a","entity_version":"1"}""", "responses")]
    [InlineData("agent/v9/dance", """{"entity_name":"main.ml.a","entity_version":"1"}""", "unknown")]
    [InlineData(null, """{"entity_name":"main.ml.a","entity_version":"1"}""", "prediction")]
    [InlineData(null, """{"entity_name":"main.ml.a"}""", "features")]
    [InlineData(null, Claude, "chat")]
    [InlineData(null, null, "unknown")]
    public void The_mode_follows_from_the_task_and_else_from_the_kind(string? task, string? entity, string mode) =>
        Assert.Equal(mode, Read("mine", task, entity).Mode.Value.ToString());

    [Fact]
    public void A_model_of_the_table_brings_its_facts()
    {
        var profile = Read("databricks-a", "llm/v1/chat", Llama);

        Assert.Equal("meta-llama-3-3-70b-instruct", Assert.Single(profile.Models).Name);
        Assert.Equal((true, "table"), (profile.SupportsTools.Value, $"{profile.SupportsTools.Source}"));
        Assert.Equal((false, "table"), (profile.SupportsReasoning.Value, $"{profile.SupportsReasoning.Source}"));
        Assert.Equal(["text"], profile.InputModalities.Value);
        Assert.False(profile.Can(EndpointCapability.ImageInput));
    }

    [Fact]
    public void What_the_service_reports_takes_precedence_over_the_table()
    {
        var profile = Read("databricks-a", "llm/v1/chat", Llama, ""","capabilities":{"function_calling":false}""");

        Assert.Equal((false, "service"), (profile.SupportsTools.Value, $"{profile.SupportsTools.Source}"));
    }

    [Theory]
    [InlineData(""","capabilities":true""")]
    [InlineData(""","capabilities":{"function_calling":"yes"}""")]
    public void Capabilities_of_another_shape_say_nothing(string capabilities) =>
        Assert.Equal("table", $"{Read("databricks-a", "llm/v1/chat", Llama, capabilities).SupportsTools.Source}");

    [Fact]
    public void An_external_model_is_known_by_its_providers_name_for_it()
    {
        var profile = Read("mine", null, Claude);

        Assert.Equal("claude-sonnet-4-5", Assert.Single(profile.Models).Name);
        Assert.True(profile.Can(EndpointCapability.ImageInput));
        Assert.True(profile.Can(EndpointCapability.Reasoning));
    }

    [Fact]
    public void Of_several_models_only_what_all_can_do_is_said()
    {
        var profile = Read("mine", "llm/v1/chat", $"{Llama},{Claude}");

        Assert.Equal(["text"], profile.InputModalities.Value);
        Assert.Equal((true, false), (profile.SupportsTools.Value, profile.SupportsReasoning.Value));
        Assert.Equal(2, profile.Models.Count);
    }

    [Fact]
    public void With_an_unknown_model_capabilities_are_unknown()
    {
        var profile = Read("mine", "llm/v1/chat", $$"""{{Llama}},{"entity_name":"main.ml.secret","entity_version":"1"}""");

        Assert.Equal("unknown", profile.SupportsTools.ToString());
        Assert.Equal("unknown", profile.ContextWindow.ToString());
        Assert.Equal("False (table)", profile.SupportsReasoning.ToString().Replace("inferred", "table", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tuned_model_that_is_named_after_another_is_guessed_to_be_like_it()
    {
        var profile = Read("mine", "llm/v1/chat", """{"entity_name":"main.ml.meta-llama-3-3-70b-instruct-tuned","entity_version":"1"}""");

        Assert.Equal("True (inferred)", profile.SupportsTools.ToString());
    }

    [Fact]
    public void A_classic_model_is_no_language_model_whatever_its_name() =>
        Assert.Empty(Read("mine", null, """{"entity_name":"main.ml.claude-sonnet-4-5","entity_version":"1"}""").Models);

    [Fact]
    public void The_model_that_goes_first_decides_how_long_an_endpoint_lives()
    {
        var current = DatabricksModelCapabilities.Empty.With(
            new DatabricksModelInfo { Name = "one", Lifecycle = new() { Stage = DatabricksModelStage.Legacy } },
            new DatabricksModelInfo
            {
                Name = "two",
                Lifecycle = new() { Stage = DatabricksModelStage.Retired, RetirementDate = new(2026, 1, 2), Replacement = "three" },
            });

        var profile = Read("mine", "llm/v1/chat", """{"entity_name":"system.ai.one"},{"entity_name":"system.ai.two"}""", models: current);

        Assert.Equal(new DatabricksModelLifecycle { Stage = DatabricksModelStage.Retired, RetirementDate = new(2026, 1, 2),
            Replacement = "three" }, profile.Lifecycle.Value);
    }

    [Fact]
    public void What_an_endpoint_is_to_become_counts_while_it_has_nothing_yet() => Assert.Equal(
        "custom (service)",
        ProfileFromEndpoint.Read(
            Endpoint("""{"name":"a","pending_config":{"served_entities":[{"entity_name":"main.ml.churn","entity_version":"7"}]}}"""),
            DatabricksModelCapabilities.BuiltIn).Kind.ToString());

    [Fact]
    public void An_embedding_model_has_dimensions() => Assert.Equal(
        "1024 (table)",
        Read("databricks-gte-large-en", "llm/v1/embeddings", """{"foundation_model":{"name":"system.ai.gte-large-en"}}""")
            .EmbeddingDimensions.ToString());

    internal static EndpointProfile Read(
        string name, string? task, string? entities, string more = "", DatabricksModelCapabilities? models = null,
            string state = "READY") =>
        ProfileFromEndpoint.Read(
            Endpoint(
                $$"""
                {"name":"{{name}}","state":{"ready":"{{state}}","config_update":"NOT_UPDATING"}
                {{(task is null ? "" : $",\"task\":\"{task}\"")}}
                {{(entities is null ? "" : $",\"config\":{{\"served_entities\":[{entities}]}}")}}{{more}}}
                """),
            models ?? DatabricksModelCapabilities.BuiltIn);

    private static DiscoveredEndpoint Endpoint(string json) => DiscoveredEndpoint.Read(JsonDocument.Parse(json).RootElement)!;
}
