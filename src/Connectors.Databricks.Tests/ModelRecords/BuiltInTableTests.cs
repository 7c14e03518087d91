using Connectors.Databricks.ModelRecords;
using Connectors.Databricks.Tests.Docs;

namespace Connectors.Databricks.Tests.ModelRecords;

/// <summary>The whole built-in table, as a reader would check it.</summary>
public class BuiltInTableTests
{
    private static readonly string[] Styles = ["effort", "budget", "adaptive", "none"];
    private static readonly string[] Efforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];
    private static readonly string[] Dialects = ["json-schema", "plain", "anthropic", "openai", "google"];
    private static readonly string[] Stages = ["current", "legacy", "deprecated", "retired"];
    private static readonly string[] Surfaces = ["chat", "responses", "completions", "embeddings"];
    private static readonly string[] Modalities = ["text", "image", "audio", "video", "file", "embedding"];

    private static readonly string[] Refusable =
    [
        "temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty", "seed", "stop", "parallel_tool_calls", "stream_options",
    ];

    /// <summary>Every foundation model of the serving reference, the retired ones included.</summary>
    private static readonly string[] Hosted =
    [
        "databricks-gpt-5-5-pro", "databricks-gpt-5-5", "databricks-gpt-5-4", "databricks-gpt-5-4-mini", "databricks-gpt-5-4-nano",
        "databricks-gpt-5-3-codex", "databricks-gpt-5-2-codex", "databricks-gpt-5-1-codex-max", "databricks-gpt-5-1-codex-mini",
        "databricks-gpt-5-2", "databricks-gpt-5-1", "databricks-gpt-5", "databricks-gpt-5-mini", "databricks-gpt-5-nano",
        "databricks-gpt-5-6-sol", "databricks-gpt-5-6-terra", "databricks-gpt-5-6-luna", "databricks-gpt-6-astra",
        "databricks-claude-opus-5", "databricks-claude-sonnet-5", "databricks-claude-haiku-4-5", "databricks-claude-opus-4-8",
        "databricks-claude-opus-4-7", "databricks-claude-opus-4-6", "databricks-claude-opus-4-5", "databricks-claude-opus-4-1",
        "databricks-claude-sonnet-4-6", "databricks-claude-sonnet-4-5", "databricks-claude-sonnet-4", "databricks-claude-fable-5",
        "databricks-claude-mythos-5", "databricks-claude-3-7-sonnet", "databricks-gemini-3-1-pro", "databricks-gemini-3-5-flash",
        "databricks-gemini-3-flash", "databricks-gemini-3-1-flash-lite", "databricks-gemini-3-6-flash", "databricks-gemini-3-7-flash",
        "databricks-gemini-3-8-flash", "databricks-gemini-3-5-flash-lite", "databricks-gemini-3-pro", "databricks-gemini-2-5-pro",
        "databricks-gemini-2-5-flash", "databricks-gpt-oss-120b", "databricks-gpt-oss-20b", "databricks-llama-4-maverick",
        "databricks-meta-llama-3-3-70b-instruct", "databricks-meta-llama-3-1-8b-instruct", "databricks-meta-llama-3-1-405b-instruct",
        "databricks-qwen35-122b-a10b", "databricks-qwen3-next-80b-a3b-instruct", "databricks-gemma-3-12b", "databricks-deepseek-v4-flash",
        "databricks-deepseek-v4-pro", "databricks-deepseek-v4-1-flash", "databricks-deepseek-v3-2", "databricks-kimi-k3",
        "databricks-kimi-k2-7-code", "databricks-glm-5-2", "databricks-glm-5-3", "databricks-glm-5-3-flash", "databricks-grok-4-6",
        "databricks-inkling", "databricks-gte-large-en", "databricks-bge-large-en", "databricks-qwen3-embedding-0-6b",
        "databricks-dbrx-instruct", "databricks-mixtral-8x7b-instruct", "databricks-mpt-7b-instruct", "databricks-mpt-30b-instruct",
        "databricks-llama-2-70b-chat", "databricks-meta-llama-3-70b-instruct", "databricks-meta-llama-3-1-70b-instruct"
    ];

    public static TheoryData<string> Endpoints => [.. Hosted];

    public static TheoryData<string> Names => [.. DatabricksModelCapabilities.BuiltIn.Models.Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void A_foundation_model_is_found_by_its_endpoint_and_by_its_entity(string endpoint)
    {
        var name = endpoint["databricks-".Length..];

        Assert.Equal(name, DatabricksModelCapabilities.BuiltIn.Find(endpoint)?.Name);
        Assert.Equal(name, DatabricksModelCapabilities.BuiltIn.Find($"system.ai.{name}")?.Name);
    }

    [Fact]
    public void The_table_holds_the_foundation_models_and_their_families_and_nothing_else() => Assert.Equal(
        Hosted.Order(),
        DatabricksModelCapabilities.BuiltIn.Models.Where(model => !model.IsFamily).Select(model => $"databricks-{model.Name}").Order());

    [Fact]
    public void No_two_records_have_a_pattern_in_common() => Assert.Empty(
        DatabricksModelCapabilities.BuiltIn.Models
            .SelectMany(model => model.Aliases.Prepend(model.Name)).Select(name => new NamePattern(name).Text)
            .GroupBy(text => text).Where(group => group.Count() > 1).Select(group => group.Key));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_record_is_found_by_each_of_its_names(string name)
    {
        var model = Model(name);

        Assert.All(
            model.Aliases.Prepend(name),
            alias => Assert.Same(model, DatabricksModelCapabilities.BuiltIn.Find(alias.Replace("*", "-99", StringComparison.Ordinal))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_record_says_of_when_and_from_where_it_is(string name)
    {
        var model = Model(name);
        var page = new ServingReference(MarkdownFile.All.Single(page => page.Path == ServingReference.Path).Text, ServingReference.Path);

        Assert.InRange(model.AsOf!.Value, new DateOnly(2026, 1, 1), new DateOnly(2026, 11, 20));
        Assert.NotEmpty(model.Source!);
        Assert.NotEmpty(model.DisplayName!);
        Assert.All(Keys(model.Source!), key => Assert.True(page.HasSource(key), $"{ServingReference.Path} names no source [{key}]."));
        Assert.True(Keys(model.Source!).Any() || model.Source!.Contains("memory") || model.Source!.Contains("derived"), model.Source);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_record_speaks_in_known_words(string name)
    {
        var model = Model(name);

        Assert.Contains(model.Reasoning.Style.Value, Styles);
        Assert.Contains(model.Tools.SchemaDialect.Value, Dialects);
        Assert.Contains(model.Lifecycle.Stage.Value, Stages);
        Assert.Contains(model.OutputLimitParameter, (string[])["max_tokens", "max_completion_tokens"]);
        Assert.Empty(model.Surfaces.Except(Surfaces));
        Assert.Empty(model.InputModalities.Concat(model.OutputModalities).Except(Modalities));
        Assert.Empty(model.Reasoning.Efforts.Except(Efforts));
        Assert.Empty(model.UnsupportedParameters.Except(Refusable));
        Assert.Equal(
            model.Reasoning.Style == ReasoningStyle.Effort || model.Reasoning.Style == ReasoningStyle.Adaptive,
            model.Reasoning.Efforts.Count > 0);
        Assert.Equal(model.Surfaces.Contains("embeddings"), model.Embeddings is not null);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_that_goes_has_a_successor_that_stays(string name)
    {
        var life = Model(name).Lifecycle;

        Assert.Equal(life.Stage != DatabricksModelStage.Current, life.Replacement is not null);
        if (life.Replacement is { } successor)
        {
            Assert.Equal(DatabricksModelStage.Current, Model(successor).Lifecycle.Stage);
        }
    }

    private static DatabricksModelInfo Model(string name) => DatabricksModelCapabilities.BuiltIn.Models.Single(model => model.Name == name);

    private static IEnumerable<string> Keys(string source) =>
        source.Split('[').Skip(1).Select(rest => rest[..rest.IndexOf(']', StringComparison.Ordinal)]);
}
