using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Shaping;

/// <summary>All sampling options at once, to one model of each family.</summary>
public class SamplingShapingTests
{
    private const string Question = """[{"role":"user","content":"Hello?"}]""";

    [Theory]
    [InlineData("an-alias-of-mine")]
    public Task To_a_model_that_is_not_known_everything_goes(string endpoint) => Shaped.Sends(
        endpoint,
        $$"""
        {
          "messages": {{Question}}, "temperature": 0.5, "top_p": 0.25, "top_k": 20, "max_tokens": 100,
          "frequency_penalty": 0.5, "presence_penalty": 0.5, "seed": 7, "stop": ["END"]
        }
        """,
        Everything());

    [Theory]
    [InlineData("databricks-meta-llama-3-3-70b-instruct")]
    [InlineData("databricks-gemma-3-12b")]
    [InlineData("databricks-kimi-k3")]
    [InlineData("databricks-inkling")]
    [InlineData("databricks-qwen35-122b-a10b")]
    [InlineData("databricks-gemini-3-1-pro")]
    public Task Open_models_and_gemini_know_no_seed(string endpoint) => Shaped.Sends(
        endpoint,
        $$"""
        {
          "messages": {{Question}}, "temperature": 0.5, "top_p": 0.25, "top_k": 20, "max_tokens": 100,
          "frequency_penalty": 0.5, "presence_penalty": 0.5, "stop": ["END"]
        }
        """,
        Everything(),
        "seed left out");

    [Theory]
    [InlineData("databricks-gpt-oss-20b")]
    [InlineData("databricks-gpt-oss-120b")]
    public Task Gpt_oss_knows_neither_seed_nor_stop(string endpoint) => Shaped.Sends(
        endpoint,
        $$"""
        {
          "messages": {{Question}}, "temperature": 0.5, "top_p": 0.25, "top_k": 20, "max_tokens": 100,
          "frequency_penalty": 0.5, "presence_penalty": 0.5
        }
        """,
        Everything(),
        "seed left out", "stop left out!");

    [Theory]
    [InlineData("databricks-claude-sonnet-4-5")]
    [InlineData("databricks-claude-opus-4-6")]
    [InlineData("my-claude")]
    public Task Claude_takes_a_temperature_or_a_nucleus_and_no_penalties(string endpoint) => Shaped.Sends(
        endpoint,
        $$"""{"messages": {{Question}}, "temperature": 0.5, "top_k": 20, "max_tokens": 100, "stop": ["END"]}""",
        Everything(),
        "top_p left out with temperature", "frequency_penalty left out", "presence_penalty left out", "seed left out");

    [Fact]
    public Task Claude_takes_a_nucleus_alone() => Shaped.Sends(
        "databricks-claude-sonnet-4-5",
        $$"""{"messages": {{Question}}, "top_p": 0.25}""",
        new ChatOptions { TopP = 0.25f });

    [Theory]
    [InlineData("databricks-claude-opus-4-8")]
    [InlineData("databricks-claude-sonnet-5")]
    public Task Adaptive_claude_takes_no_sampling_at_all(string endpoint) => Shaped.Sends(
        endpoint,
        $$"""{"messages": {{Question}}, "max_tokens": 100, "stop": ["END"]}""",
        Everything(),
        "temperature left out", "top_p left out", "top_k left out", "frequency_penalty left out", "presence_penalty left out",
        "seed left out");

    [Theory]
    [InlineData("databricks-gpt-5")]
    [InlineData("databricks-gpt-5-2")]
    [InlineData("databricks-gpt-5-9")]
    public Task Gpt_5_takes_neither_sampling_nor_stop(string endpoint) => Shaped.Sends(
        endpoint,
        $$"""{"messages": {{Question}}, "max_tokens": 100, "seed": 7}""",
        Everything(),
        "temperature left out", "top_p left out", "top_k left out", "frequency_penalty left out", "presence_penalty left out",
        "stop left out!");

    [Fact]
    public Task Claude_that_thinks_takes_no_sampling() => Shaped.Sends(
        "databricks-claude-sonnet-4-5",
        $$"""{"messages": {{Question}}, "max_tokens": 9216, "thinking": {"type": "enabled", "budget_tokens": 1024} }""",
        new ChatOptions { Temperature = 0.5f, TopP = 0.25f, TopK = 20, Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low } },
        "temperature left out with thinking", "top_p left out with thinking", "top_k left out with thinking");

    [Fact]
    public Task A_limit_above_the_models_own_is_lowered() => Shaped.Sends(
        "databricks-glm-5-3",
        $$"""{"messages": {{Question}}, "max_tokens": 25000}""",
        new ChatOptions { MaxOutputTokens = 64_000 },
        "max_tokens lowered from 64000 to 25000");

    [Fact]
    public Task A_model_that_stops_early_gets_a_limit_without_being_asked() => Shaped.Sends(
        "databricks-claude-sonnet-4",
        $$"""{"messages": {{Question}}, "max_tokens": 8192}""",
        null!,
        "max_tokens set to 8192");

    [Fact]
    public Task A_limit_has_the_name_that_the_record_gives_it() => Shaped.Sends(
        "o-like",
        $$"""{"messages": {{Question}}, "max_completion_tokens": 100}""",
        TestServices.Some.Question(),
        new ChatOptions { MaxOutputTokens = 100 },
        [],
        options => options.Models = DatabricksModelCapabilities.Empty.With(
            new DatabricksModelInfo { Name = "o-like", OutputLimitParameter = "max_completion_tokens" }));

    [Fact]
    public Task What_a_caller_wrote_in_the_wires_words_is_not_touched() => Shaped.Sends(
        "databricks-claude-opus-4-8",
        $$"""{"messages": {{Question}}, "top_k": 3, "temperature": 1}""",
        new ChatOptions
        {
            AdditionalProperties = new() { ["temperature"] = 1 },
            RawRepresentationFactory = _ => new System.Text.Json.Nodes.JsonObject { ["top_k"] = 3 },
        });

    [Fact]
    public Task Tools_exclude_an_effort_where_the_record_excludes_it() => Shaped.Sends(
        "databricks-gpt-5-6-sol",
        $$"""
        {
          "messages": {{Question}},
          "tools": [{"type": "function", "function": {"name": "f", "description": "", "parameters": {"type": "object", "properties": {} } } }]
        }
        """,
        new ChatOptions
        {
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High },
            Tools = [AIFunctionFactory.CreateDeclaration("f", "", System.Text.Json.JsonDocument.Parse("{}").RootElement)],
        },
        "reasoning_effort left out with tools");

    [Fact]
    public Task A_reasoning_option_that_cannot_be_sent_is_reported_to_its_caller() => Shaped.Sends(
        "databricks-meta-llama-3-3-70b-instruct",
        $$"""{"messages": {{Question}}}""",
        new ChatOptions { Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High } },
        "reasoning left out");

    private static ChatOptions Everything() => new()
    {
        Temperature = 0.5f,
        TopP = 0.25f,
        TopK = 20,
        MaxOutputTokens = 100,
        FrequencyPenalty = 0.5f,
        PresencePenalty = 0.5f,
        Seed = 7,
        StopSequences = ["END"],
    };
}
