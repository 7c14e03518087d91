using Connectors.Databricks.Tests.Chat.Completions.Outbound;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Shaping;

public class ShapingOffTests
{
    private const string Adaptive = "databricks-claude-opus-4-8";
    private const string Bare = """{"messages":[{"role":"user","content":"Hello?"}],"temperature":0.5}""";
    private const string WithoutTemperature = """{"messages":[{"role":"user","content":"Hello?"}]}""";

    [Fact]
    public Task Switched_off_everything_goes_as_set() => Shaped.Sends(
        Adaptive, Bare, Some.Question(), Warm(), [], options => options.Chat.ShapeRequests = false);

    [Fact]
    public Task A_call_may_switch_it_off() => Shaped.Sends(Adaptive, Bare, Some.Question(), Warm(false), []);

    [Fact]
    public Task A_call_may_switch_it_on() => Shaped.Sends(
        Adaptive, WithoutTemperature, Some.Question(), Warm(true), ["temperature left out"], options => options.Chat.ShapeRequests = false);

    [Fact]
    public async Task Neither_yes_nor_no_is_refused() => Assert.Equal(
        "AdditionalProperties[\"shape_request\"] is 'maybe'. Use true or false. (Parameter 'options')",
        (await Outgoing.Refusal<ArgumentException>(Warm("maybe"))).Message);

    [Fact]
    public Task Reasoning_has_no_other_way_to_be_asked_for() => Shaped.Sends(
        Adaptive,
        """{"messages":[{"role":"user","content":"Hello?"}],"thinking":{"type":"adaptive"},"output_config":{"effort":"high"}}""",
        Some.Question(), new ChatOptions { Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High } }, [],
        options => options.Chat.ShapeRequests = false);

    [Theory]
    [InlineData("databricks-claude-3-7-sonnet", "claude-3-7-sonnet is retired (2026-04-12): use 'databricks-claude-sonnet-4-6'.")]
    [InlineData("databricks-gemini-2-5-pro", "gemini-2-5-pro is deprecated: use 'databricks-gemini-3-1-pro'.")]
    [InlineData("databricks-gpt-5-3-codex", "gpt-5-3-codex does not support chat; it supports: responses.")]
    [InlineData("databricks-gte-large-en", "gte-large-en does not support chat; it supports: embeddings.")]
    public async Task A_model_that_is_gone_or_elsewhere_is_named_when_a_call_fails(string endpoint, string advice)
    {
        // A model of the Responses API is looked for on each path.
        var service = new VerbatimService();
        for (var path = 0; path < 3; path++)
        {
            service.Answers("""{"message":"no"}""", System.Net.HttpStatusCode.NotFound);
        }

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(
            () => service.Client().GetChatClient(endpoint).GetResponseAsync("Hello?"));

        Assert.EndsWith(advice, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_to_go_still_says_which_option_it_refuses()
    {
        var service = new VerbatimService().Answers("""{"message":"tool_choice: not this one"}""", System.Net.HttpStatusCode.BadRequest);

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(
            () => service.Client().GetChatClient("databricks-gemini-2-5-pro").GetResponseAsync("Hello?"));

        Assert.EndsWith("change ChatOptions.ToolMode.", failure.Message, StringComparison.Ordinal);
    }

    private static ChatOptions Warm(object? shape = null) => new()
    {
        Temperature = 0.5f,
        AdditionalProperties = shape is null ? null : new() { [DatabricksPropertyNames.ShapeRequest] = shape },
    };
}
