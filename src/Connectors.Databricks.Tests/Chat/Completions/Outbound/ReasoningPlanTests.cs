using Connectors.Databricks.ModelRecords;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

public class ReasoningPlanTests
{
    private const string Manual = "databricks-claude-sonnet-4-5";
    private const string Adaptive = "databricks-claude-opus-4-8";
    private const string WithExtraHigh = "databricks-gpt-5-2";
    private const string WithoutExtraHigh = "databricks-gpt-oss-120b";
    private const string WithoutControl = "databricks-meta-llama-3-3-70b-instruct";

    [Theory]
    [InlineData(WithExtraHigh, ReasoningEffort.Low, "low")]
    [InlineData(WithExtraHigh, ReasoningEffort.Medium, "medium")]
    [InlineData(WithExtraHigh, ReasoningEffort.High, "high")]
    [InlineData(WithExtraHigh, ReasoningEffort.ExtraHigh, "xhigh")]
    [InlineData(WithoutExtraHigh, ReasoningEffort.ExtraHigh, "high")]
    [InlineData("an-alias-of-mine", ReasoningEffort.Medium, "medium")]
    public Task An_effort_is_named_to_models_that_take_one(string endpoint, ReasoningEffort effort, string word) => Outgoing.Sends(
        $$"""{"messages":[{"role":"user","content":"Hello?"}],"reasoning_effort":"{{word}}"}""",
        Options(endpoint, effort));

    [Theory]
    [InlineData(ReasoningEffort.Low, 1024, 9216)]
    [InlineData(ReasoningEffort.Medium, 4096, 12288)]
    [InlineData(ReasoningEffort.High, 16384, 24576)]
    [InlineData(ReasoningEffort.ExtraHigh, 32768, 40960)]
    public Task An_effort_becomes_a_budget_with_room_for_the_answer(ReasoningEffort effort, int budget, int limit) => Outgoing.Sends(
        $$"""
        {
          "messages": [{"role": "user", "content": "Hello?"}], "max_tokens": {{limit}},
          "thinking": {"type": "enabled", "budget_tokens": {{budget}}}
        }
        """,
        Options(Manual, effort));

    [Theory]
    [InlineData(40000, 16384)]
    [InlineData(20000, 10000)]
    [InlineData(3000, 1500)]
    [InlineData(2000, 1024)]
    [InlineData(1025, 1024)]
    public Task A_budget_leaves_half_of_the_callers_limit_to_the_answer_where_it_can(int limit, int budget) => Outgoing.Sends(
        $$"""
        {
          "messages": [{"role": "user", "content": "Hello?"}], "max_tokens": {{limit}},
          "thinking": {"type": "enabled", "budget_tokens": {{budget}}}
        }
        """,
        Options(Manual, ReasoningEffort.High, maxOutputTokens: limit));

    [Theory]
    [InlineData(1024)]
    [InlineData(1)]
    public Task A_limit_too_small_for_any_budget_leaves_thinking_out(int limit) => Outgoing.Sends(
        $$"""{"messages":[{"role":"user","content":"Hello?"}],"max_tokens":{{limit}}}""",
        Options(Manual, ReasoningEffort.Low, maxOutputTokens: limit));

    [Theory]
    [InlineData(ReasoningEffort.Low, "low")]
    [InlineData(ReasoningEffort.Medium, "medium")]
    [InlineData(ReasoningEffort.High, "high")]
    [InlineData(ReasoningEffort.ExtraHigh, "xhigh")]
    public Task An_effort_is_sent_with_adaptive_thinking(ReasoningEffort effort, string word) => Outgoing.Sends(
        $$"""
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "thinking": {"type": "adaptive"}, "output_config": {"effort": "{{word}}"}
        }
        """,
        Options(Adaptive, effort));

    [Theory]
    [InlineData(Manual)]
    [InlineData(Adaptive)]
    [InlineData(WithoutControl)]
    [InlineData("an-alias-of-mine")]
    public Task No_effort_is_asked_for_by_saying_nothing_where_that_is_enough_or_nothing_is_known(string endpoint) => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        Options(endpoint, ReasoningEffort.None, ReasoningOutput.Full));

    /// <summary>Every family's words: an effort that it does not know becomes the next higher one, or else the highest.</summary>
    [Theory]
    [InlineData("databricks-gpt-5-4-mini", "none low medium high xhigh")]
    [InlineData("databricks-gpt-5", "minimal low medium high high")]
    [InlineData("gpt-5-2025-08-07", "minimal low medium high high")]
    [InlineData("databricks-gpt-5-1", "none low medium high high")]
    [InlineData("databricks-gpt-6-astra", "low low medium high xhigh")]
    [InlineData("databricks-grok-4-6", "low low medium high xhigh")]
    [InlineData("databricks-gpt-oss-120b", "low low medium high high")]
    [InlineData("databricks-gemini-3-pro", "low low medium high high")]
    [InlineData("databricks-gemini-3-1-pro", "minimal low medium high high")]
    [InlineData("databricks-kimi-k3", "none low high high max")]
    [InlineData("databricks-glm-5-3", "low low high high max")]
    public async Task An_effort_becomes_the_nearest_word_that_the_model_accepts(string endpoint, string words)
    {
        ReasoningEffort[] efforts =
        [
            ReasoningEffort.None, ReasoningEffort.Low, ReasoningEffort.Medium, ReasoningEffort.High, ReasoningEffort.ExtraHigh,
        ];

        foreach (var (effort, word) in efforts.Zip(words.Split(' ')))
        {
            await Outgoing.Sends(
                $$"""{"messages":[{"role":"user","content":"Hello?"}],"reasoning_effort":"{{word}}"}""", Options(endpoint, effort));
        }
    }

    [Fact]
    public Task A_budget_fits_what_the_model_may_write() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}], "max_tokens": 32000,
          "thinking": {"type": "enabled", "budget_tokens": 16000}
        }
        """,
        Options("databricks-claude-opus-4-1", ReasoningEffort.ExtraHigh));

    [Fact]
    public Task A_model_that_may_write_too_little_is_not_asked_to_think() => Shaping.Shaped.Sends(
        "small-thinker",
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        TestServices.Some.Question(),
        new ChatOptions { Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low } },
        ["thinking left out"],
        options => options.Models = DatabricksModelCapabilities.Empty.With(new DatabricksModelInfo
        {
            Name = "small-thinker",
            MaxOutputTokens = 1024,
            Reasoning = new() { Style = ReasoningStyle.Budget },
        }));

    [Theory]
    [InlineData(WithoutControl)]
    [InlineData("databricks-gemma-3-12b")]
    [InlineData("databricks-gemini-2-5-flash")]
    public Task An_effort_is_ignored_by_models_without_a_control(string endpoint) => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        Options(endpoint, ReasoningEffort.High));

    [Theory]
    [InlineData(ReasoningOutput.Summary)]
    [InlineData(ReasoningOutput.Full)]
    public Task Reasoning_to_be_shown_is_asked_of_manual_thinking(ReasoningOutput output) => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}], "max_tokens": 9216,
          "thinking": {"type": "enabled", "budget_tokens": 1024, "display": "summarized"}
        }
        """,
        Options(Manual, ReasoningEffort.Low, output));

    [Theory]
    [InlineData(ReasoningOutput.Summary)]
    [InlineData(ReasoningOutput.Full)]
    public Task Reasoning_to_be_shown_is_asked_of_adaptive_thinking(ReasoningOutput output) => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}],"thinking":{"type":"adaptive","display":"summarized"}}""",
        Options(Adaptive, effort: null, output));

    [Theory]
    [InlineData(Manual)]
    [InlineData(Adaptive)]
    [InlineData(WithExtraHigh)]
    public Task Hidden_reasoning_does_not_switch_thinking_on(string endpoint) => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        Options(endpoint, effort: null, ReasoningOutput.None));

    [Theory]
    [InlineData(Manual)]
    [InlineData(Adaptive)]
    [InlineData(WithExtraHigh)]
    public Task Empty_reasoning_options_ask_for_nothing(string endpoint) => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        new ChatOptions { ModelId = endpoint, Reasoning = new ReasoningOptions() });

    [Theory]
    [InlineData(Manual)]
    [InlineData(Adaptive)]
    [InlineData(WithExtraHigh)]
    public async Task An_effort_that_does_not_exist_is_refused(string endpoint) => Assert.Equal(
        "ChatOptions.Reasoning.Effort is 42, which is not a known effort. (Parameter 'options')",
        (await Outgoing.Refusal<ArgumentOutOfRangeException>(Options(endpoint, (ReasoningEffort)42))).Message);

    [Fact]
    public Task A_limit_given_as_an_additional_property_bounds_the_budget() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "thinking": {"type": "enabled", "budget_tokens": 1024}, "max_tokens": 2000
        }
        """,
        new ChatOptions
        {
            ModelId = Manual,
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High },
            AdditionalProperties = new() { ["max_tokens"] = 2000 },
        });

    [Fact]
    public Task A_limit_in_the_base_document_bounds_the_budget() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "thinking": {"type": "enabled", "budget_tokens": 1024}, "max_tokens": 2000
        }
        """,
        new ChatOptions
        {
            ModelId = Manual,
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High },
            RawRepresentationFactory = _ => new System.Text.Json.Nodes.JsonObject { ["max_tokens"] = 2000 },
        });

    [Fact]
    public Task Thinking_in_the_base_document_takes_precedence_over_the_options() => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}],"thinking":{"type":"disabled"}}""",
        new ChatOptions
        {
            ModelId = Manual,
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High },
            RawRepresentationFactory = _ => new System.Text.Json.Nodes.JsonObject
            {
                ["thinking"] = new System.Text.Json.Nodes.JsonObject { ["type"] = "disabled" },
            },
        });

    private static ChatOptions Options(
        string endpoint, ReasoningEffort? effort, ReasoningOutput? output = null, int? maxOutputTokens = null) => new()
        {
            ModelId = endpoint,
            MaxOutputTokens = maxOutputTokens,
            Reasoning = new ReasoningOptions { Effort = effort, Output = output },
        };
}
