using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Tests.Chat;

public class ChatLogTests
{
    [Fact]
    public async Task A_field_that_an_endpoint_refuses_is_named_once_as_a_warning()
    {
        using var log = new FakeLoggerFactory();
        var sse = Exchange.Events("""{"choices":[{"delta":{"content":"Hi."}}]}""", "[DONE]");
        var service = new VerbatimService()
            .Answers(
                """{"error_code":"BAD_REQUEST","message":"Unknown name \"stream_options\": Cannot find field."}""",
                HttpStatusCode.BadRequest)
            .Streams(sse).Streams(sse);
        var chat = service.Chat(options => options.LoggerFactory = log);

        await Exchange.Collect(chat);
        await Exchange.Collect(chat);

        Assert.Equal(
            ["Warning: Endpoint 'some-endpoint' rejected the parameter 'stream_options': left out in later requests."],
            log.Collector.Shown());
    }

    [Fact]
    public async Task Reasoning_of_another_provider_that_is_not_sent_is_counted()
    {
        using var log = new FakeLoggerFactory();
        var service = new VerbatimService().Answers(Some.ChatBody);
        List<ChatMessage> conversation =
        [
            new(ChatRole.User, "Hello?"),
            new(
                ChatRole.Assistant,
                [new TextReasoningContent("Hm."), new TextReasoningContent("") { ProtectedData = "foreign" }, new TextContent("Hi.")]),
            new(ChatRole.User, "Sure?"),
        ];

        await service.Chat(options => options.LoggerFactory = log).GetResponseAsync(conversation);

        Assert.Contains(
            (LogLevel.Debug, "2 reasoning contents of another provider are not sent to endpoint 'some-endpoint'."), log.Collector.Lines());
        Assert.DoesNotContain("Hm.", service.Sent[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_sets_stream_options_is_not_second_guessed()
    {
        var service = new VerbatimService()
            .Answers("""{"error_code":"BAD_REQUEST","message":"Unknown name \"stream_options\""}""", HttpStatusCode.BadRequest);
        var options = new ChatOptions
        {
            AdditionalProperties = new() { ["stream_options"] = new Dictionary<string, object?> { ["include_usage"] = true } },
        };

        await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.Collect(service.Chat(), options));

        Assert.Single(service.Sent);
    }
}
