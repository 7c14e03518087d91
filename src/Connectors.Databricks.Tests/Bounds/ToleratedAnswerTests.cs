using System.Net;
using System.Text;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Bounds;

/// <summary>What may precede or accompany a response without making it a failure: a byte order mark, and an empty error.</summary>
public class ToleratedAnswerTests
{
    private const string Stop = """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""";

    private static readonly Dictionary<string, (
        string Answer, Func<VerbatimService, Task<string?>> ReadAsync)> Surfaces = new(StringComparer.Ordinal)
    {
        ["chat"] = (
            """{"choices":[{"message":{"content":"a"}}]@}""",
            async service => (await service.Chat().GetResponseAsync(Some.Question())).Text),
        ["agent"] = (
            """{"messages":[{"role":"assistant","content":"a"}]@}""",
            async service => (await service.Chat().GetResponseAsync(Some.Question())).Text),
        ["stream as a document"] = (
            """{"choices":[{"message":{"content":"a"}}]@}""",
            async service => string.Concat((await Exchange.Collect(service.Chat())).Select(update => update.Text))),
        ["completion"] = (
            """{"choices":[{"index":0,"text":"a"}]@}""",
            async service => (await service.Client().CompleteAsync(VerbatimService.EndpointName, "b")).Choices[0].Text),
        ["embeddings"] = (
            """{"data":[{"index":0,"embedding":[1]}]@}""",
            async service => $"{(await service.Generator().GenerateAsync(["b"]))[0].Vector.Span[0]}"),
        ["prediction"] = (
            """{"predictions":["a"]@}""",
            async service =>
                (await service.Client().PredictAsync(VerbatimService.EndpointName, Scoring.OneRow)).ToJsonElement().GetRawText()),
        ["endpoint"] = (
            """{"name":"a"@}""",
            async service => (await service.Client().GetManagementClient().GetAsync("a")).Name),
        ["endpoint list"] = (
            """{"endpoints":[{"name":"a"}]@}""",
            async service => (await service.Client().GetManagementClient().ListAsync())[0].Name),
        ["signature"] = (
            """{"openapi":"3.1.0","info":{"title":"a"},"paths":{}@}""",
            async service => (await service.Client().Directory.GetSignatureAsync("a")).EndpointName),
        ["log"] = (
            """{"logs":"a"@}""",
            async service => await service.Client().GetManagementClient().Monitoring.GetServerLogsAsync("a", "b")),
    };

    public static TheoryData<string, string> EmptyErrors
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var surface in Surfaces.Keys)
            {
                foreach (var error in new[] { "{}", "null", "\"\"", "[]", "false", """{"message":null,"code":null}""" })
                {
                    data.Add(surface, error);
                }
            }

            return data;
        }
    }

    public static TheoryData<string> Names => [.. Surfaces.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_byte_order_mark_before_a_document(string surface)
    {
        var (answer, readAsync) = Surfaces[surface];
        var body = Encoding.UTF8.GetBytes(answer.Replace("@", string.Empty, StringComparison.Ordinal));
        var plain = await readAsync(Answering(new ByteArrayContent(body)));

        Assert.Equal(plain, await readAsync(Answering(new ByteArrayContent([.. Encoding.UTF8.Preamble, .. body]))));
        Assert.Equal(plain, await readAsync(Answering(new StreamContent(new SlicedStream([.. Encoding.UTF8.Preamble, .. body], 1)))));
    }

    [Theory]
    [InlineData("\uFEFF\uFEFF{}")]
    [InlineData("\uFEFF")]
    [InlineData("x{}")]
    public async Task Anything_else_before_a_document_is_no_json(string body)
    {
        var failure = await Failure.Of(Answering(Json(body)));

        Assert.Contains("a response that is not the expected JSON", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EmptyErrors))]
    public async Task An_empty_error_next_to_an_answer(string surface, string error)
    {
        var (answer, readAsync) = Surfaces[surface];
        var plain = await readAsync(Answering(Json(answer.Replace("@", string.Empty, StringComparison.Ordinal))));

        Assert.Equal(
            plain,
            await readAsync(Answering(Json(answer.Replace("@", $",\"error\":{error},\"error_code\":{error}", StringComparison.Ordinal)))));
        Assert.Equal(
            plain,
            await readAsync(Answering(Json($"{{\"error\":{error},{answer[1..].Replace("@", string.Empty, StringComparison.Ordinal)}"))));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"\"")]
    public async Task An_error_that_says_nothing_in_an_event(string error)
    {
        var service = new VerbatimService().Streams(Exchange.Events(
            $$$"""{"choices":[{"index":0,"delta":{"content":"a"}}],"error":{{{error}}}}""", $$"""{"error":{{error}},"choices":[]}""", Stop,
            "[DONE]"));

        Assert.Equal("a", string.Concat((await Exchange.Collect(service.Chat())).Select(update => update.Text)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_error_that_says_something_is_a_failure(string surface)
    {
        var (answer, readAsync) = Surfaces[surface];
        if (surface != "prediction")
        {
            await Assert.ThrowsAsync<DatabricksServingException>(
                () => readAsync(Answering(Json(answer.Replace("@", ",\"error\":{\"message\":\"no\"}", StringComparison.Ordinal)))));
        }
    }

    private static ByteArrayContent Json(string text) => new(Encoding.UTF8.GetBytes(text));

    private static VerbatimService Answering(HttpContent content)
    {
        content.Headers.ContentType = new("application/json");
        return new VerbatimService().Answers(HttpStatusCode.OK, content);
    }
}
