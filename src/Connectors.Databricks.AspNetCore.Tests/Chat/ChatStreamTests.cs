using System.Text.Json;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Tests.Chat;

/// <summary>The events of a stream.</summary>
public class ChatStreamTests
{
    [Fact]
    public async Task A_stream_has_a_start_its_contents_usage_and_an_end()
    {
        await using var app = await ChatApp.StartAsync();
        app.Emulator.Endpoint(ChatApp.Model).Replies("One two.");

        var events = await app.StreamAsync(ChatApp.Question);

        Assert.StartsWith("start {\"id\":\"", events[0], StringComparison.Ordinal);
        Assert.Contains($"\"endpoint\":\"{ChatApp.Model}\"", events[0], StringComparison.Ordinal);
        var texts = events.Where(item => item.StartsWith("text ", StringComparison.Ordinal))
            .Select(item => JsonDocument.Parse(item["text ".Length..]).RootElement.GetProperty("text").GetString());
        Assert.Equal("One two.", string.Concat(texts));
        Assert.StartsWith("usage {\"inputTokens\":", events[^2], StringComparison.Ordinal);
        Assert.Equal("done {\"finishReason\":\"stop\"}", events[^1]);
    }

    [Theory, MemberData(nameof(ServedNames.All), MemberType = typeof(ServedNames))]
    public async Task Every_model_and_agent_is_a_document_and_a_stream(string endpoint)
    {
        await using var app = await ChatApp.StartAsync(options => options.AllowAnyEndpoint = true);
        var body = $$"""{"endpoint":"{{endpoint}}","messages":[{"role":"user","content":"Say 'one two'"}]}""";

        var (status, document) = await app.PostAsync("/chat", body, "application/json");
        var events = await app.StreamAsync(body);

        Assert.Equal((200, "done {\"finishReason\":\"stop\"}"), (status, events[^1]));
        Assert.NotEmpty((string)document["text"]!);
        Assert.Contains(events, item => item.StartsWith("text ", StringComparison.Ordinal));
        Assert.DoesNotContain(events, item => item.StartsWith("error ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_content_is_an_event_of_its_type()
    {
        using var client = new ScriptedChatClient(
            null,
            new ChatResponseUpdate(
                ChatRole.Assistant, [new TextReasoningContent("Hm.") { ProtectedData = "sig" }, new TextContent("A \"<b>\n\u20ac")])
            {
                ResponseId = "r1",
                MessageId = "m1",
            },
            new ChatResponseUpdate(
                ChatRole.Assistant,
                [new FunctionCallContent("c1", "weather", new Dictionary<string, object?> { ["city"] = "Paris" })]),
            new ChatResponseUpdate(ChatRole.Tool, [new FunctionResultContent("c1", "secret row")]),
            new ChatResponseUpdate(
                ChatRole.Assistant,
                [
                    new ErrorContent("I cannot.") { ErrorCode = "Refusal" }, new ErrorContent("stack of host adb-1"),
                    new DataContent(new byte[] { 1 }, "image/png"),
                    new UsageContent(new UsageDetails { InputTokenCount = 3, OutputTokenCount = 2 }),
                    new UsageContent(new UsageDetails { InputTokenCount = 4 }),
                ])
            {
                FinishReason = ChatFinishReason.Length,
            });
        await using var app = await ChatApp.StartAsync(client);

        Assert.Equal(
            [
                """start {"id":"r1"}""",
                """reasoning {"text":"Hm.","protectedData":"sig"}""",
                """text {"text":"A \"<b>\n€","messageId":"m1"}""",
                """toolCall {"callId":"c1","name":"weather","arguments":"{\"city\":\"Paris\"}","isInformational":false}""",
                """toolResult {"callId":"c1","isError":false}""",
                """refusal {"message":"I cannot."}""",
                """refusal {"message":"The model reported an error."}""",
                """media {"mediaType":"image/png","url":"data:image/png;base64,AQ=="}""",
                """usage {"inputTokens":7,"outputTokens":2}""",
                """done {"finishReason":"length"}""",
            ],
            await app.StreamAsync(ChatApp.Question));
    }

    [Fact]
    public async Task Contents_that_the_app_hides_are_not_sent()
    {
        using var client = new ScriptedChatClient(null, Steps());
        await using var app = await ChatApp.StartAsync(
            client, options => (options.IncludeReasoning, options.IncludeToolCalls) = (false, false));

        Assert.Equal(
            ["start {}", """text {"text":"Sunny."}""", """done {"finishReason":"stop"}"""], await app.StreamAsync(ChatApp.Question));
        Assert.Equal(ReasoningOutput.None, client.Options!.Reasoning!.Output);
    }

    [Fact]
    public async Task Results_of_tools_are_sent_if_the_app_includes_them()
    {
        using var client = new ScriptedChatClient(null, Steps());
        await using var app = await ChatApp.StartAsync(client, options => options.IncludeToolResults = true);

        Assert.Contains(
            """toolResult {"callId":"c1","isError":false,"result":"row 7"}""", await app.StreamAsync(ChatApp.Question));
    }

    private static ChatResponseUpdate[] Steps() =>
    [
        new(ChatRole.Assistant, [new TextReasoningContent("Hm."), new FunctionCallContent("c1", "weather")]),
        new(ChatRole.Tool, [new FunctionResultContent("c1", "row 7")]),
        new(ChatRole.Assistant, "Sunny."),
    ];

    [Fact]
    public async Task A_stream_without_updates_has_a_start_and_an_end()
    {
        using var client = new ScriptedChatClient(null);
        await using var app = await ChatApp.StartAsync(client);

        Assert.Equal(["start {}", """done {"finishReason":"stop"}"""], await app.StreamAsync(ChatApp.Question));
    }

    [Fact]
    public async Task A_denial_is_an_event_without_its_reason()
    {
        await using var app = await ChatApp.StartAsync();
        app.Emulator.Endpoint(ChatApp.Model).DeniesByServicePolicy();

        var events = await app.StreamAsync(ChatApp.Question);

        var denial = Assert.Single(events, item => item.StartsWith("denial ", StringComparison.Ordinal));
        Assert.Contains("\"phase\":\"", denial, StringComparison.Ordinal);
        Assert.DoesNotContain("reason", denial, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("done {\"finishReason\":\"content_filter\"}", events[^1]);
    }

    [Theory, InlineData("cut"), InlineData("error event")]
    public async Task A_later_failure_is_the_last_event(string failure)
    {
        await using var app = await ChatApp.StartAsync();
        var endpoint = app.Emulator.Endpoint(ChatApp.Model);
        (failure == "cut"
            ? endpoint.CutsTheStreamAfter(3)
            : endpoint.SendsErrorEvent(code: "INTERNAL_ERROR", message: "host adb-1 failed", afterEvents: 3)).Replies("One two three.");

        var events = await app.StreamAsync(ChatApp.Question);

        Assert.Contains(events, item => item.StartsWith("text ", StringComparison.Ordinal));
        Assert.StartsWith("error {\"title\":\"Bad Gateway\",\"status\":502,\"detail\":\"", events[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("adb-1", events[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_of_the_app_is_an_event_and_ends_the_connection()
    {
        using var client = new ScriptedChatClient(
            new InvalidOperationException("connection string of the app"), new ChatResponseUpdate(ChatRole.Assistant, "One"));
        await using var app = await ChatApp.StartAsync(client);

        Assert.Equal(
            [
                "start {}", """text {"text":"One"}""",
                """error {"title":"Internal Server Error","status":500,"detail":"The request could not be processed.","code":"internal_error"}""",
                "broken ResponseEnded",
            ],
            await app.StreamAsync(ChatApp.Question));
    }
}
