using System.Text.Json;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.SemanticKernel.Tests.Docs.Code;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Chat;

/// <summary>
/// Agents of the task <c>agent/v1/responses</c> below Semantic Kernel: their own calls, approvals, custom inputs and outputs, the trace.
/// </summary>
public sealed class AgentTests : IAsyncLifetime
{
    private const string Agent = "task-agent";
    private readonly CityPlugin _city = new();
    private DatabricksEmulator _emulator = null!;
    private Kernel _kernel = null!;

    private EmulatedEndpoint Endpoint => _emulator.Endpoint(Agent);

    private IChatCompletionService Chat => _kernel.GetRequiredService<IChatCompletionService>();

    private static PromptExecutionSettings Auto => new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    public async Task InitializeAsync()
    {
        _emulator = await DatabricksEmulator.StartAsync();
        _kernel = Kernel.CreateBuilder()
            .AddDatabricksChatCompletion(
                Agent, new DatabricksServingClient(_emulator.Host, DatabricksCredential.FromToken(_emulator.Token))).Build();
        _kernel.Plugins.AddFromObject(_city, "City");
    }

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_that_the_agent_ran_are_not_invoked(bool isStream)
    {
        Endpoint.RunsTool("City-Weather", """{"city":"Oslo"}""", "It rains.", "It rains in Oslo.").Replies("Yes.");
        ChatHistory history = [new(AuthorRole.User, "Weather?")];

        Assert.Equal("It rains in Oslo.", await AskAsync(history, isStream));
        history.AddUserMessage("Really?");
        await AskAsync(history, isStream);

        Assert.Empty(_city.Calls);

        Assert.Equal(["message", "function_call", "function_call_output", "message", "message"], InputTypes());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task An_approval_request_is_decided_in_the_history(bool isApproved, bool isStored)
    {
        Endpoint.RequestsApproval("delete_file", """{"path":"a.txt"}""", "files");
        ChatHistory history = [new(AuthorRole.User, "Delete a.txt.")];
        string? asked = null;

        var answer = await ApprovalCode.DecideAsync(Chat, history, call =>
        {
            asked = call;
            return isApproved;
        });
        history.Add(answer);
        history.AddUserMessage("Thank you. Say 'ok'.");
        history = isStored ? JsonSerializer.Deserialize<ChatHistory>(JsonSerializer.Serialize(history))! : history;
        await Chat.GetChatMessageContentAsync(history);

        Assert.Equal("""delete_file({"path":"a.txt"})""", asked);
        Assert.Equal(isApproved ? "I ran delete_file: done." : "I did not run delete_file.", answer.Content);
        string[] before = ["message", "mcp_approval_request", "mcp_approval_response"];
        string[] ran = ["function_call", "function_call_output"];
        Assert.Equal([.. before, .. isApproved ? ran : [], "message", "message"], InputTypes());
        Assert.Equal(isApproved, (bool?)Accepted()[^1].Json!["input"]![2]!["approve"]);
    }

    [Fact]
    public async Task A_stream_has_the_approval_request()
    {
        Endpoint.RequestsApproval("delete_file", """{"path":"a.txt"}""", "files");

        var updates = await Chat.GetStreamingChatMessageContentsAsync("Delete a.txt.").ToListAsync();

        var metadata = updates.SelectMany(update => update.Items).Single(item => item.Metadata?.ContainsKey("ApprovalRequestId") is true)
            .Metadata!;
        Assert.Equal(("delete_file", "files"), ((string?)metadata["ToolName"], (string?)metadata["ServerName"]));
    }

    [Fact]
    public async Task A_decision_has_to_say_what_was_decided()
    {
        var decision = new TextContent { Metadata = new Dictionary<string, object?> { ["ApprovalRequestId"] = "a" } };
        ChatHistory history = [new(AuthorRole.User, [decision])];

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => Chat.GetChatMessageContentAsync(history));

        Assert.Contains("Approved", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Custom_inputs_are_sent_and_custom_outputs_and_the_trace_are_metadata(bool isStream)
    {
        const string Response =
            """
            {"id":"r","status":"completed","output":[{"type":"message","id":"m","role":"assistant",
              "content":[{"type":"output_text","text":"Hi."}]}],"custom_outputs":{"score":1},
             "databricks_output":{"trace":{"info":{"trace_id":"tr-1"}}}}
            """;
        Endpoint.AnswersByItself();
        await AskAsync([new(AuthorRole.User, "Say 'ok'")], isStream);
        if (isStream)
        {
            Endpoint.StreamsRaw($"data: {{\"type\":\"response.completed\",\"response\":{Response.ReplaceLineEndings("")}}}\n\n");
        }
        else
        {
            Endpoint.RepliesRaw(Response);
        }

        var settings = new DatabricksPromptExecutionSettings
        {
            ExtraBody = new Dictionary<string, object?>
            {
                ["custom_inputs"] = new Dictionary<string, object?> { ["tone"] = "kind" },
                ["$.databricks_options.return_trace"] = true,
            },
        };
        var metadata = isStream
            ? (await Chat.GetStreamingChatMessageContentsAsync("Hi", settings, _kernel).ToListAsync())[^1].Metadata
            : (await Chat.GetChatMessageContentAsync("Hi", settings, _kernel)).Metadata;

        Assert.Equal("""{"score":1}""", metadata![DatabricksPropertyNames.CustomOutputs]!.ToString());
        Assert.Equal("tr-1", metadata[DatabricksPropertyNames.TraceId]);
        var sent = Accepted()[^1].Json!;
        Assert.Equal("""{"tone":"kind"}""", sent["custom_inputs"]!.ToJsonString());
        Assert.Equal("""{"return_trace":true}""", sent["databricks_options"]!.ToJsonString());
    }

    private async Task<string> AskAsync(ChatHistory history, bool isStream)
    {
        if (!isStream)
        {
            var answer = await Chat.GetChatMessageContentAsync(history, Auto, _kernel);
            history.Add(answer);
            return answer.Content!;
        }

        var text = string.Concat(await Chat.GetStreamingChatMessageContentsAsync(history, Auto, _kernel)
            .Select(update => update.Content).ToListAsync());
        history.AddAssistantMessage(text);
        return text;
    }

    private List<RecordedRequest> Accepted() =>
        [.. _emulator.Requests.Where(request => request.StatusCode == 200 && request.Json?["input"] is not null)];

    private IEnumerable<string?> InputTypes() => Accepted()[^1].Json!["input"]!.AsArray().Select(item => (string?)item!["type"]);
}
