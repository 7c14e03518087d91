using System.ClientModel;
using System.Net;
using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Comparison.Tests.OpenAIClient;

/// <summary>
/// Where the OpenAI client fails on Databricks. The shapes are those of public bug reports: docs/serving-reference.md, section 14.4.
/// </summary>
internal static class ClientRows
{
    private const string Reasoning =
        """[{"type":"reasoning","summary":[{"type":"summary_text","text":"Think.","signature":"s"}]},{"type":"text","text":"Hi."}]""";

    public static IReadOnlyList<ClientRow> All { get; } =
    [
        new("content as an array with reasoning in it", "throws; in a stream, before the first token",
            "`TextReasoningContent`, which goes back unchanged on the next turn")
        {
            IsInReadme = true,
            Cases =
            [
                ClientCase.Document($$"""{"choices":[{"message":{"role":"assistant","content":{{Reasoning}}},"finish_reason":"stop"}]}"""),
                ClientCase.Stream(Delta($$"""{"content":{{Reasoning}}}"""), Delta("{}", "\"stop\""), "[DONE]"),
            ],
            OpenAI = ThrowsBeforeTheFirstToken,
            Databricks = run =>
            {
                Assert.Equal("Hi.", Complete(run).Text);
                var reasoning = run.Response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>();
                Assert.Equal("Think.", string.Concat(reasoning.Select(one => one.Text)));
            },
        },
        new("an error object inside a 200 stream", "the partial text, as if complete", "throws, with the service's code and words")
        {
            IsInReadme = true,
            Cases =
            [
                ClientCase.Stream(Delta("""{"content":"Hi"}"""), """{"error_code":"INTERNAL_ERROR","message":"Overloaded"}"""),
                ClientCase.Stream(
                    Delta("""{"content":"Hi"}"""), """{"error":{"code":"INTERNAL_ERROR","message":"Overloaded","type":"server_error"}}"""),
            ],
            OpenAI = run => Assert.Equal("Hi", Complete(run).Text),
            Databricks = run =>
            {
                Assert.Equal("Hi", run.Text);
                var error = Assert.IsType<DatabricksServingException>(run.Error);
                Assert.Equal(("INTERNAL_ERROR", "Overloaded"), (error.ErrorCode, error.ServiceMessage));
            },
        },
        new("`MaxOutputTokens` on gpt-oss", "400, because it sends `max_completion_tokens`", "sends `max_tokens`")
        {
            IsInReadme = true,
            Cases = [ClientCase.Emulated("databricks-gpt-oss-120b", new ChatOptions { MaxOutputTokens = 500 })],
            OpenAI = run =>
            {
                var error = Assert.IsType<ClientResultException>(run.Error);
                Assert.Equal(400, error.Status);
                Assert.Contains("max_completion_tokens", error.GetRawResponse()?.Content.ToString(), StringComparison.Ordinal);
            },
            Databricks = run => Assert.NotEmpty(Complete(run).Text),
        },
        new("`null` token counts on the chunks of a stream", "throws before the first token", "the last count that is not null")
        {
            Cases =
            [
                ClientCase.Stream(
                    Delta("""{"content":"Hi"}""", usage: """{"prompt_tokens":16,"completion_tokens":null,"total_tokens":null}"""),
                    Delta("""{"content":"."}""", "\"stop\"", Usage(16, 3)), "[DONE]"),
            ],
            OpenAI = ThrowsBeforeTheFirstToken,
            Databricks = run => Assert.Equal(19, Complete(run).Usage?.TotalTokenCount),
        },
        new("the running total of tokens on every chunk", "adds them up: 54 where 19 is right", "19")
        {
            Cases =
            [
                ClientCase.Stream(
                    Delta("""{"content":"H"}""", usage: Usage(16, 1)), Delta("""{"content":"i"}""", usage: Usage(16, 2)),
                    Delta("""{"content":"."}""", "\"stop\"", Usage(16, 3)), "[DONE]"),
            ],
            OpenAI = run => Assert.Equal(54, Complete(run).Usage?.TotalTokenCount),
            Databricks = run => Assert.Equal(19, Complete(run).Usage?.TotalTokenCount),
        },
        new("finish reason `max_tokens`, or `\"\"`", "throws", "`length`; in a stream without one, the one that its end implies")
        {
            Cases =
            [
                ClientCase.Document("""{"choices":[{"message":{"role":"assistant","content":"Hi."},"finish_reason":"max_tokens"}]}"""),
                ClientCase.Stream(Delta("""{"content":"Hi."}""", "\"\""), "[DONE]"),
            ],
            OpenAI = run => Assert.NotNull(run.Error),
            Databricks = run =>
                Assert.Contains(Complete(run).FinishReason, (ChatFinishReason?[])[ChatFinishReason.Length, ChatFinishReason.Stop]),
        },
        new("a stream that is cut off", "the partial text, as if complete", "throws, `IsTransient`")
        {
            Cases = [ClientCase.Stream(Delta("""{"content":"Hi"}"""))],
            OpenAI = run => Assert.Equal("Hi", Complete(run).Text),
            Databricks = run => Assert.True(Assert.IsType<DatabricksServingException>(run.Error).IsTransient),
        },
        new("`{\"messages\": […]}`, the response of agents", "throws without a hint", "the messages")
        {
            Cases = [ClientCase.Document("""{"messages":[{"role":"assistant","content":"Hi.","id":"m1"}]}""")],
            OpenAI = run => Assert.IsType<ArgumentOutOfRangeException>(run.Error),
            Databricks = run => Assert.Equal("Hi.", Complete(run).Text),
        },
        new("an error body with `error_code`", "throws, the code in no field of its own",
            "`ErrorCode`, `RequestId`, `RetryAfter`, `Guardrail`, and advice")
        {
            Cases = [ClientCase.Error(Reply.Error(HttpStatusCode.Forbidden, "PERMISSION_DENIED", "No."))],
            OpenAI = run => Assert.IsType<ClientResultException>(run.Error),
            Databricks = run => Assert.Equal("PERMISSION_DENIED", Assert.IsType<DatabricksServingException>(run.Error).ErrorCode),
        },
    ];

    private static void ThrowsBeforeTheFirstToken(ClientRun run)
    {
        Assert.NotNull(run.Error);
        Assert.Empty(run.Text);
    }

    private static ChatResponse Complete(ClientRun run)
    {
        Assert.Null(run.Error);
        return run.Response;
    }

    private static string Usage(int input, int output) =>
        $$"""{"prompt_tokens":{{input}},"completion_tokens":{{output}},"total_tokens":{{input + output}}}""";

    private static string Delta(string delta, string finishReason = "null", string usage = "null") =>
        $$"""
        {"id":"1","object":"chat.completion.chunk","created":1764000000,"model":"m","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{finishReason}}}],"usage":{{usage}}}
        """;
}
