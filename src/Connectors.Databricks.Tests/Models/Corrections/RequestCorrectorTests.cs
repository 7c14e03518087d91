using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.ModelRecords;
using Connectors.Databricks.Tests.Chat.Shaping;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Models.Corrections;

/// <summary>A request is sent once more only when the correction changes it, and as little of it as the words ask for.</summary>
public class RequestCorrectorTests
{
    private const string Adaptive = "databricks-claude-opus-4-8";

    [Fact]
    public async Task A_correction_that_does_not_change_the_request_is_ignored()
    {
        // The refused field is the caller's own, in a tool of the base document.
        var options = new ChatOptions
        {
            RawRepresentationFactory = _ =>
                new JsonObject { ["tools"] = JsonNode.Parse("""[{"type":"function","function":{"name":"f","strict":true}}]""") },
        };
        var (service, serving) = Refusing("tools.0.custom.strict: Extra inputs are not permitted");

        await Assert.ThrowsAsync<DatabricksServingException>(
            () => serving.GetChatClient("some-endpoint").GetResponseAsync("Hello?", options));

        Assert.Single(service.Sent);
        Assert.Empty(serving.GetCorrections());
    }

    [Fact]
    public async Task Two_corrections_of_the_output_limit_combine()
    {
        var (service, serving) = Refusing(
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
            "max_completion_tokens: 64000 > 32000, which is the maximum allowed number of output tokens");

        var response = await serving.GetChatClient("some-endpoint").GetResponseAsync(
            "Hello?", new ChatOptions { MaxOutputTokens = 64_000 });

        Sends(service, """{"max_tokens":64000}""", """{"max_completion_tokens":64000}""", """{"max_completion_tokens":32000}""");
        Assert.Equal(
            ["max_completion_tokens lowered from 64000 to 32000"], response.GetRequestAdjustments().Select(Shaped.Told));
        Assert.StartsWith("the endpoint rejected it: ", response.GetRequestAdjustments()[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_contradicts_itself_is_not_asked_for_ever()
    {
        var (service, serving) = Refusing(
            "Unknown parameter: 'max_tokens'.", "Unknown parameter: 'max_completion_tokens'.", "Unknown parameter: 'max_tokens'.");

        await Assert.ThrowsAsync<DatabricksServingException>(
            () => serving.GetChatClient("some-endpoint").GetResponseAsync("Hello?", new ChatOptions { MaxOutputTokens = 5 }));

        Sends(service, """{"max_tokens":5}""", """{"max_completion_tokens":5}""", """{"max_tokens":5}""");
    }

    [Fact]
    public async Task Thinking_that_may_not_be_shown_is_still_asked_for()
    {
        var (service, serving) = Refusing("thinking.adaptive.display: Extra inputs are not permitted");

        var response = await serving.GetChatClient(Adaptive).GetResponseAsync(
            "Hello?", Thinking(ReasoningEffort.High, ReasoningOutput.Full));

        Sends(
            service,
            """{"thinking":{"type":"adaptive","display":"summarized"},"output_config":{"effort":"high"}}""",
            """{"thinking":{"type":"adaptive"},"output_config":{"effort":"high"}}""");
        Assert.Equal(["thinking.display left out"], response.GetRequestAdjustments().Select(Shaped.Told));
    }

    [Fact]
    public async Task A_refused_effort_costs_that_effort_alone()
    {
        var (service, serving) = Refusing("Unsupported value: 'reasoning_effort' does not support 'high' with this model.");

        await serving.GetChatClient("some-endpoint").GetResponseAsync("Hello?", Thinking(ReasoningEffort.High));

        Sends(service, """{"reasoning_effort":"high"}""", """{"reasoning_effort":"medium"}""");
    }

    [Fact]
    public async Task An_effort_that_tools_exclude_is_omitted_only_with_tools()
    {
        var (service, serving) = Refusing("Function tools with reasoning_effort are not supported in /v1/chat/completions.");
        var chat = serving.GetChatClient("some-endpoint");
        var options = Thinking(ReasoningEffort.High);
        options.Tools = [AIFunctionFactory.CreateDeclaration("f", "d", JsonDocument.Parse("{}").RootElement)];

        await chat.GetResponseAsync("Hello?", options);
        await chat.GetResponseAsync("Hello?", Thinking(ReasoningEffort.High));

        Assert.Equal([true, false, true], service.Sent.Select(sent => sent.Body.Contains("reasoning_effort", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Sampling_that_thinking_excludes_is_omitted_only_with_thinking()
    {
        var catalog = DatabricksModelCapabilities.Empty.With(
            new DatabricksModelInfo { Name = "thinker", Reasoning = new() { Style = ReasoningStyle.Budget } });
        var (service, serving) = Refusing(
            ["`temperature` may only be set to 1 when thinking is enabled."], options => options.Models = catalog);
        var chat = serving.GetChatClient("thinker");
        var options = Thinking(ReasoningEffort.Low);
        options.Temperature = 0.5f;

        var response = await chat.GetResponseAsync("Hello?", options);
        await chat.GetResponseAsync("Hello?", new ChatOptions { Temperature = 0.5f });

        Assert.Equal([true, false, true], service.Sent.Select(sent => sent.Body.Contains("temperature", StringComparison.Ordinal)));
        var told = Assert.Single(response.GetRequestAdjustments());
        Assert.Equal("temperature left out with thinking", Shaped.Told(told));
        Assert.StartsWith("the endpoint rejected it: ", told.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strict_format_is_left_out_and_tools_stay_strict()
    {
        var (service, serving) = Refusing("response_format.json_schema.strict: Extra inputs are not permitted");
        var options = new ChatOptions
        {
            ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonDocument.Parse("""{"type":"object","properties":{}}""").RootElement, "n"),
            Tools =
            [
                AIFunctionFactory.CreateDeclaration("f", "d", JsonDocument.Parse("""{"type":"object","properties":{}}""").RootElement),
            ],
            AdditionalProperties = new() { [DatabricksPropertyNames.Strict] = true },
        };

        var response = await serving.GetChatClient("some-endpoint").GetResponseAsync("Hello?", options);

        Assert.Equal(["response_format.strict left out!"], response.GetRequestAdjustments().Select(Shaped.Told));
        Assert.Equal([2, 1], service.Sent.Select(sent => sent.Body.Split("\"strict\":true").Length - 1));
    }

    private static ChatOptions Thinking(ReasoningEffort effort, ReasoningOutput? output = null) =>
        new() { Reasoning = new ReasoningOptions { Effort = effort, Output = output } };

    private static (VerbatimService Service, DatabricksServingClient Serving) Refusing(params string[] words) => Refusing(words, null);

    private static (VerbatimService Service, DatabricksServingClient Serving) Refusing(
        string[] words, Action<DatabricksServingOptions>? configure)
    {
        var service = new VerbatimService();
        foreach (var text in words)
        {
            service.Answers(new JsonObject { ["message"] = text }.ToJsonString(), HttpStatusCode.BadRequest);
        }

        return (service.Answers(Some.ChatBody).Answers(Some.ChatBody), service.Client(configure));
    }

    // What each request has in addition to its messages.
    private static void Sends(VerbatimService service, params string[] documents) =>
        Assert.Equal(documents, service.Sent.Select(sent =>
        {
            var body = JsonNode.Parse(sent.Body)!.AsObject();
            body.Remove("messages");
            return body.ToJsonString();
        }));
}
